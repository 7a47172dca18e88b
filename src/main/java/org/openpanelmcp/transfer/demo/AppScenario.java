package org.openpanelmcp.transfer.demo;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.openpanelmcp.transfer.demo.AppWorld.Release;
import org.openpanelmcp.transfer.demo.Timeline.Moment;

/**
 * A hiking app in another time zone: weekends and mornings, trials that become subscriptions, clubs whose members stay,
 * a campaign that brings people who do not, and a release that crashes on Android.
 */
final class AppScenario implements Scenario {
    static final String PROJECT = "demo-app";

    private static final About ABOUT =
            new About(PROJECT, "Demo Trails", "app", "", ZoneId.of("America/New_York"), "react-native", "1.2.0");
    private static final int CAMPAIGN_FIRST = 34;
    private static final int CAMPAIGN_LAST = 47;

    private static final double[] HOURS = {
        0.2, 0.12, 0.1, 0.1, 0.2, 0.7, 1.5, 2, 1.9, 1.6, 1.4, 1.4, 1.5, 1.3, 1.2, 1.2, 1.4, 1.7, 1.9, 1.8, 1.5, 1.1,
        0.7, 0.4
    };

    private final long seed;

    AppScenario(long seed) {
        this.seed = ~seed;
    }

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Group> groups() {
        return AppClubs.groups();
    }

    @Override
    public List<Reference> references() {
        return List.of(
                new Reference("demo-app-3-4", 20, 6, "Release 3.4.0", "The paywall is part of the onboarding"),
                new Reference(
                        "demo-hundred-peaks",
                        CAMPAIGN_FIRST,
                        0,
                        "Hundred Peaks starts",
                        "Challenge with paid posts on Instagram, two weeks"),
                new Reference(
                        "demo-hundred-peaks-end", CAMPAIGN_LAST + 1, 0, "Hundred Peaks ends", "Last day was yesterday"),
                new Reference("demo-app-3-5", 60, 6, "Release 3.5.0", "New map engine"),
                new Reference(
                        "demo-map-outage",
                        60,
                        15,
                        "Outage: maps crash on Android",
                        "Version 3.5.0 crashes when a map is downloaded, first reports"),
                new Reference("demo-app-3-5-1", 66, 6, "Release 3.5.1", "Maps can be downloaded on Android again"));
    }

    @Override
    public double weight(Moment moment) {
        var day = moment.date().getDayOfWeek();
        var weekend = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
        return HOURS[moment.hour()]
                * (weekend ? 1.5 : 1)
                * (0.6 + 0.8 * moment.day() / Timeline.DAYS)
                * (inCampaign(moment.day()) ? 1.4 : 1);
    }

    @Override
    public Person person(int number) {
        var random = Person.chance(seed, number);
        var deviceId = Person.deviceId(random);
        var groups = AppClubs.membership(random);
        return new Person(
                deviceId,
                Person.userId("hiker", number),
                Person.firstName(random),
                Person.lastName(random),
                AppWorld.PLACES.pick(random),
                AppWorld.EQUIPMENT.pick(random),
                AppWorld.PLANS.pick(random),
                groups,
                groups.isEmpty() ? 0.15 + 0.5 * random.nextDouble() : 0.75 + 0.25 * random.nextDouble());
    }

    @Override
    public Map<String, String> traits(Person person, Standing standing) {
        var status = standing.stage().name().toLowerCase(Locale.ROOT);
        return standing.is(Standing.Stage.SUBSCRIBER)
                ? Map.of("status", status, "plan", person.plan())
                : Map.of("status", status, "plan", "free");
    }

    @Override
    public Source source(RandomGenerator random, int day) {
        return Source.DIRECT;
    }

    @Override
    public Map<String, String> globals(Person person, int day) {
        var release = release(person, day);
        return Map.of("__version", release.version(), "__buildNumber", release.build());
    }

    @Override
    public double staysLoggedIn() {
        return 0.97;
    }

    @Override
    public double newcomers() {
        return 0.16;
    }

    @Override
    public Standing play(RandomGenerator random, Visit visit, Standing before, int day) {
        return new Hiker(random, visit, before, day).play();
    }

    static boolean inCampaign(int day) {
        return day >= CAMPAIGN_FIRST && day <= CAMPAIGN_LAST;
    }

    /** Half of all people update within two days, the last ones after two weeks. */
    private static Release release(Person person, int day) {
        var place = (person.deviceId().hashCode() & 0xFF) / 256.0;
        var lag = (int) (14 * place * place * place);
        var current = AppWorld.RELEASES.getFirst();
        for (var release : AppWorld.RELEASES) {
            if (release.day() + lag <= day) {
                current = release;
            }
        }
        return current;
    }
}
