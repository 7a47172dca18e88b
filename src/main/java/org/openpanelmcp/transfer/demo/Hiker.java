package org.openpanelmcp.transfer.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.openpanelmcp.transfer.demo.AppWorld.Trail;
import org.openpanelmcp.transfer.demo.Standing.Stage;

/** Plays one visit to the app: onboarding, trails and maps, and the way from trial to subscription and out of it. */
final class Hiker {
    private static final long DAY = 24 * Timeline.HOUR;
    private static final long TRIAL = 7 * DAY;
    private static final long MONTH = 30 * DAY;
    private static final long LONGEST = 20 * 60_000L;
    private static final String BROKEN_RELEASE = "3.5.0";
    private static final int PAYWALL_IN_ONBOARDING = 20;

    private final RandomGenerator random;
    private final Visit visit;
    private final int day;
    private final boolean inCompany;
    private Standing standing;
    private boolean crashed;

    Hiker(RandomGenerator random, Visit visit, Standing before, int day) {
        this.random = random;
        this.visit = visit;
        this.standing = before;
        this.day = day;
        this.inCompany = visit.person().groups().stream().anyMatch(AppClubs::isCompany);
    }

    /** @return where the person stands afterwards */
    Standing play() {
        if (!standing.isMember()) {
            welcome();
            if (!standing.isMember()) {
                return standing;
            }
        } else {
            open();
            bill();
        }
        while (!crashed && chance(isPaying() ? 0.84 : 0.72) && visit.length() < LONGEST) {
            use();
        }
        return standing;
    }

    private boolean isPaying() {
        return standing.is(Stage.TRIAL) || standing.is(Stage.SUBSCRIBER);
    }

    private void welcome() {
        view("Onboarding", "Welcome", 8);
        visit.add("onboarding_started", "Onboarding", Map.of("install_source", installSource()));
        for (int step = 0; step < AppWorld.ONBOARDING.size(); step++) {
            visit.look(12);
            if (!chance(0.86)) {
                return;
            }
            visit.add(
                    "onboarding_step",
                    "Onboarding",
                    Map.of("step", AppWorld.ONBOARDING.get(step), "index", Integer.toString(step + 1)));
        }
        visit.pause(2, 8);
        visit.add("onboarding_completed", "Onboarding", Map.of());
        if (!chance(inCompany ? 0.97 : 0.78)) {
            return;
        }
        view("SignUp", "Sign up", 20);
        visit.identify();
        var apple = visit.person().equipment().brand().equals("Apple");
        visit.add("sign_up", "SignUp", Map.of("method", chance(0.3) ? "email" : apple ? "apple" : "google"));
        become(Stage.MEMBER);
        visit.pause(1, 5);
        if (day >= PAYWALL_IN_ONBOARDING) {
            offer("onboarding");
        }
    }

    private String installSource() {
        return AppScenario.inCampaign(day) && chance(0.45) ? "instagram_ad" : AppWorld.INSTALLS.pick(random);
    }

    private void open() {
        if (chance(0.3)) {
            visit.add("push_opened", "Home", Map.of("campaign", chance(0.6) ? "weekend_trails" : "friend_activity"));
            visit.pause(1, 3);
        }
        view("Home", "Home", 10);
        if (!visit.isIdentified()) {
            visit.identify();
            visit.add("login", "Login", Map.of("method", "email"));
            visit.pause(1, 4);
        }
    }

    /** What time alone has brought about since the last visit. */
    private void bill() {
        var passed = visit.now() - standing.since();
        if (standing.is(Stage.TRIAL) && passed >= TRIAL) {
            var stays = inCompany ? 0.85 : visit.person().groups().isEmpty() ? 0.42 : 0.62;
            if (chance(stays)) {
                pay("subscription_started");
            } else {
                leave("trial_ended");
            }
        } else if (standing.is(Stage.SUBSCRIBER) && passed >= MONTH && isMonthly()) {
            if (chance(visit.person().groups().isEmpty() ? 0.82 : 0.94)) {
                pay("subscription_renewed");
            } else {
                leave("subscription_cancelled");
            }
        }
    }

    private boolean isMonthly() {
        return visit.person().plan().equals("monthly");
    }

    private void pay(String event) {
        long cents = isMonthly() ? 599 : 3_999;
        var plan = Map.of("plan", visit.person().plan(), "price", Long.toString(cents), "currency", "USD");
        visit.add(event, "Home", plan);
        visit.pass(30);
        visit.add("revenue", "Home", cents, plan);
        become(Stage.SUBSCRIBER);
        visit.pause(1, 3);
    }

    private void leave(String event) {
        visit.add(
                event,
                "Home",
                Map.of(
                        "plan",
                        visit.person().plan(),
                        "reason",
                        AppWorld.LEAVING.get(random.nextInt(AppWorld.LEAVING.size()))));
        become(Stage.LAPSED);
        visit.pause(1, 3);
    }

    private void use() {
        var what = random.nextDouble();
        if (what < 0.3) {
            view("Explore", "Explore", 25);
        } else if (what < 0.72) {
            viewTrail();
        } else if (what < 0.82) {
            view("Profile", "Profile", 15);
        } else if (what < 0.92) {
            visitClub();
        } else if (isPaying()) {
            view("Settings", "Settings", 10);
        } else {
            offer("settings");
        }
    }

    private void visitClub() {
        if (visit.person().groups().isEmpty()) {
            view("Explore", "Explore", 25);
            return;
        }
        view("Club", "Club", 30);
        if (AppScenario.inCampaign(day) && chance(0.3)) {
            visit.add("challenge_joined", "Club", Map.of("challenge", "hundred_peaks"));
        } else if (chance(0.25)) {
            visit.add("photo_shared", "Club", Map.of("photos", Integer.toString(random.nextInt(1, 6))));
        }
        visit.pause(1, 8);
    }

    private void viewTrail() {
        var place = random.nextDouble() * random.nextDouble();
        var trail = AppWorld.TRAILS.get((int) (place * AppWorld.TRAILS.size()));
        view("TrailDetails", "Trail", 35);
        if (chance(0.22)) {
            visit.add("trail_saved", "TrailDetails", about(trail));
            visit.pause(1, 5);
        }
        if (chance(0.3)) {
            if (isPaying()) {
                download(trail);
            } else if (chance(0.35)) {
                offer("map_download");
            }
        }
        if (!crashed && chance(0.16)) {
            hike(trail);
        }
    }

    /** Maps are for those who pay; one release cannot fetch them on Android. */
    private void download(Trail trail) {
        view("Map", "Map", 15);
        var release = visit.globals().get("__version");
        if (BROKEN_RELEASE.equals(release) && visit.person().equipment().os().equals("Android") && chance(0.9)) {
            visit.add(
                    "app_crashed",
                    "Map",
                    Map.of("message", "IllegalStateException: tile store is closed", "trail", trail.id()));
            crashed = true;
            return;
        }
        visit.add(
                "map_downloaded",
                "Map",
                Map.of("trail", trail.id(), "size_mb", Integer.toString(8 + trail.kilometres() * 3)));
        visit.pause(2, 10);
    }

    private void hike(Trail trail) {
        visit.add("hike_started", "Hike", about(trail));
        visit.pause(8 * 60, 18 * 60);
        if (chance(trail.difficulty().equals("hard") ? 0.55 : 0.8)) {
            var details = new HashMap<>(about(trail));
            details.put("ascent_m", Integer.toString(trail.ascent()));
            details.put("rating", Integer.toString(random.nextInt(3, 6)));
            visit.add("hike_finished", "Hike", details);
        }
    }

    private void offer(String place) {
        view("Paywall", "Trails Plus", 14);
        visit.add("paywall_viewed", "Paywall", Map.of("place", place));
        visit.pause(2, 12);
        var wants = standing.is(Stage.LAPSED)
                ? 0.04
                : inCompany ? 0.6 : visit.person().groups().isEmpty() ? 0.17 : 0.32;
        if (!chance(wants)) {
            return;
        }
        if (standing.is(Stage.LAPSED)) {
            pay("subscription_started");
        } else {
            visit.add("trial_started", "Paywall", Map.of("plan", visit.person().plan(), "place", place));
            become(Stage.TRIAL);
            visit.pause(1, 4);
        }
    }

    private void become(Stage stage) {
        standing = new Standing(stage, visit.now());
    }

    private void view(String screen, String title, int usualSeconds) {
        visit.view(screen, title);
        visit.look(usualSeconds);
    }

    private static Map<String, String> about(Trail trail) {
        return Map.of(
                "trail", trail.id(),
                "difficulty", trail.difficulty(),
                "distance_km", Integer.toString(trail.kilometres()));
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
