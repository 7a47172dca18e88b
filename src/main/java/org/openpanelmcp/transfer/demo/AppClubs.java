package org.openpanelmcp.transfer.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Hiking clubs and the companies that pay for their people: one person may be in two clubs and a company. */
final class AppClubs {
    private static final List<String> CLUBS = List.of(
            "Early Birds",
            "Slow Steps",
            "Ridge Runners",
            "City Foxes",
            "Lake Lovers",
            "Storm Chasers",
            "Map Readers",
            "Night Owls",
            "Peak Baggers",
            "Moss Walkers");
    private static final List<String> COMPANIES =
            List.of("Fathom", "Gable", "Hatch", "Inlet", "Jetty", "Knoll", "Ledge", "Mesa");
    private static final List<String> INDUSTRIES = List.of("software", "health", "finance", "education");

    private AppClubs() {}

    static List<Group> groups() {
        var groups = new ArrayList<Group>();
        for (int club = 0; club < CLUBS.size(); club++) {
            groups.add(new Group(
                    clubId(club),
                    "club",
                    CLUBS.get(club),
                    Map.of(
                            "plan", club % 3 == 0 ? "club_plus" : "club_free",
                            "seats", Integer.toString(club % 3 == 0 ? 200 : 40),
                            "meets", club % 2 == 0 ? "weekly" : "monthly")));
        }
        for (int company = 0; company < COMPANIES.size(); company++) {
            groups.add(new Group(
                    companyId(company),
                    "company",
                    COMPANIES.get(company) + " Inc",
                    Map.of(
                            "plan", company % 4 == 0 ? "enterprise" : "team",
                            "seats", Integer.toString(company % 4 == 0 ? 500 : 25 + company * 10),
                            "industry", INDUSTRIES.get(company % INDUSTRIES.size()))));
        }
        return groups;
    }

    /** Every third person is in a club, some in two; one in five is there through a company. The first clubs are big. */
    static List<String> membership(RandomGenerator random) {
        var groups = new ArrayList<String>(3);
        var at = random.nextDouble();
        var club = (int) (random.nextDouble() * random.nextDouble() * CLUBS.size());
        if (at < 0.34) {
            groups.add(clubId(club));
        }
        if (at < 0.09) {
            groups.add(clubId((club + 3) % CLUBS.size()));
        }
        if (random.nextDouble() < 0.22) {
            groups.add(companyId(random.nextInt(COMPANIES.size())));
        }
        return List.copyOf(groups);
    }

    static boolean isCompany(String group) {
        return group.startsWith("company-");
    }

    private static String clubId(int club) {
        return "club-" + CLUBS.get(club).toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static String companyId(int company) {
        return "company-" + COMPANIES.get(company).toLowerCase(Locale.ROOT);
    }
}
