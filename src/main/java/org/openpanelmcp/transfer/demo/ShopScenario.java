package org.openpanelmcp.transfer.demo;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.openpanelmcp.transfer.demo.Timeline.Moment;

/** A shop for camping gear: growth, weekdays and hours, one campaign, and a release whose checkout fails on iPhones. */
final class ShopScenario implements Scenario {
    static final String PROJECT = "demo-shop";

    private static final About ABOUT =
            new About(PROJECT, "Demo Shop", "website", "https://shop.example.com", ZoneId.of("UTC"), "web", "1.4.0");
    private static final int NEW_PAGES = 20;
    private static final int CAMPAIGN_FIRST = 48;
    private static final int CAMPAIGN_LAST = 61;
    private static final int FAULT_FIRST = 69;
    private static final int FAULT_LAST = 71;

    private static final double[] HOURS = {
        0.5, 0.35, 0.3, 0.25, 0.3, 0.45, 0.8, 1.2, 1.5, 1.6, 1.55, 1.5, 1.6, 1.55, 1.5, 1.5, 1.55, 1.6, 1.7, 1.8, 1.75,
        1.5, 1.1, 0.8
    };

    private final long seed;

    ShopScenario(long seed) {
        this.seed = seed;
    }

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Group> groups() {
        return ShopCompanies.groups();
    }

    @Override
    public List<Reference> references() {
        return List.of(
                new Reference("demo-shop-4-1", NEW_PAGES, 0, "Release 4.1", "Product pages with reviews and sizes"),
                new Reference(
                        "demo-autumn-sale",
                        CAMPAIGN_FIRST,
                        0,
                        "Autumn sale starts",
                        "Campaign autumn-sale on Google and Facebook, two weeks"),
                new Reference(
                        "demo-autumn-sale-end", CAMPAIGN_LAST + 1, 0, "Autumn sale ends", "Last day was yesterday"),
                new Reference("demo-shop-4-2", FAULT_FIRST, 0, "Release 4.2.0", "New payment sheet"),
                new Reference(
                        "demo-checkout-outage",
                        FAULT_FIRST,
                        9,
                        "Outage: checkout fails on iPhones",
                        "paymentSheet.open is not a function in Mobile Safari 26.1, first reports"),
                new Reference("demo-shop-4-2-1", FAULT_LAST + 1, 0, "Release 4.2.1", "The checkout works again"));
    }

    @Override
    public double weight(Moment moment) {
        return HOURS[moment.hour()]
                * weekday(moment.date().getDayOfWeek())
                * (0.75 + 0.5 * moment.day() / Timeline.DAYS)
                * (inCampaign(moment.day()) ? 1.32 : 1);
    }

    @Override
    public Person person(int number) {
        var random = Person.chance(seed, number);
        var deviceId = Person.deviceId(random);
        var plan = ShopWorld.PLANS.pick(random);
        var inCompany = random.nextDouble() < (plan.equals("free") ? 0.15 : 0.6);
        var company = ShopCompanies.any(random);
        return new Person(
                deviceId,
                Person.userId("user", number),
                Person.firstName(random),
                Person.lastName(random),
                ShopWorld.PLACES.pick(random),
                ShopWorld.EQUIPMENT.pick(random),
                plan,
                inCompany ? ShopCompanies.membership(company, random) : List.of(),
                inCompany ? company.plan().loyalty() : plan.equals("free") ? 0.45 : 0.7);
    }

    @Override
    public Map<String, String> traits(Person person, Standing standing) {
        var traits = new HashMap<String, String>();
        traits.put("plan", person.plan());
        traits.put("customer", person.groups().isEmpty() ? "private" : "business");
        return traits;
    }

    /** AI assistants send five times as many visitors at the end as at the beginning, the young ones ten times. */
    @Override
    public Source source(RandomGenerator random, int day) {
        if (inCampaign(day) && random.nextDouble() < 0.25) {
            return ShopWorld.CAMPAIGN.pick(random);
        }
        var passed = (double) day / Timeline.DAYS;
        var at = random.nextDouble();
        if (at < 0.02 + 0.08 * passed) {
            return ShopWorld.ASSISTANTS.pick(random);
        }
        return at > 0.995 - 0.045 * passed ? ShopWorld.YOUNG_ASSISTANTS.pick(random) : ShopWorld.SOURCES.pick(random);
    }

    @Override
    public Map<String, String> globals(Person person, int day) {
        return Map.of();
    }

    @Override
    public double staysLoggedIn() {
        return 0.6;
    }

    @Override
    public double newcomers() {
        return 0.42;
    }

    @Override
    public Standing play(RandomGenerator random, Visit visit, Standing before, int day) {
        return new Shopper(random, visit, before, day).play();
    }

    static boolean inCampaign(int day) {
        return day >= CAMPAIGN_FIRST && day <= CAMPAIGN_LAST;
    }

    static boolean hasFaultyRelease(int day) {
        return day >= FAULT_FIRST && day <= FAULT_LAST;
    }

    static String release(int day) {
        if (day > FAULT_LAST) {
            return "4.2.1";
        }
        if (day >= FAULT_FIRST) {
            return "4.2.0";
        }
        return day >= NEW_PAGES ? "4.1.3" : "4.0.8";
    }

    static boolean hasNewProductPages(int day) {
        return day >= NEW_PAGES;
    }

    private static double weekday(DayOfWeek day) {
        return switch (day) {
            case MONDAY -> 1.05;
            case TUESDAY -> 1.1;
            case WEDNESDAY -> 1.06;
            case THURSDAY -> 1.04;
            case FRIDAY -> 0.98;
            case SATURDAY -> 0.8;
            case SUNDAY -> 0.88;
        };
    }
}
