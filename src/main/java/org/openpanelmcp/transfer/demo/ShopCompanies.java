package org.openpanelmcp.transfer.demo;

import static org.openpanelmcp.transfer.demo.Weighted.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The companies that buy at the shop, each with its teams. The bigger the plan, the more members, visits and goods. */
final class ShopCompanies {
    private static final List<String> NAMES = List.of(
            "Alder", "Beacon", "Cedar", "Delta", "Elm", "Falcon", "Granite", "Harbor", "Iris", "Juniper", "Kestrel",
            "Lumen", "Maple", "Nimbus", "Orchard", "Pebble", "Quarry", "River", "Summit", "Tundra");
    private static final List<String> INDUSTRIES = List.of("software", "retail", "media", "logistics", "education");
    private static final List<String> TEAMS = List.of("Purchasing", "Field", "Events");
    private static final List<Company> ALL =
            IntStream.range(0, NAMES.size()).mapToObj(ShopCompanies::company).toList();
    private static final Weighted<Company> BY_SIZE = Weighted.of(ALL.stream()
            .map(company -> choice(company.plan().weight(), company))
            .toList());

    private ShopCompanies() {}

    /** What a company has agreed with the shop. */
    enum Plan {
        STARTER(1, 0.45, 2),
        GROWTH(2.5, 0.7, 4),
        ENTERPRISE(6, 0.95, 9);

        private final double weight;
        private final double loyalty;
        private final int mostOfOne;

        Plan(double weight, double loyalty, int mostOfOne) {
            this.weight = weight;
            this.loyalty = loyalty;
            this.mostOfOne = mostOfOne;
        }

        double weight() {
            return weight;
        }

        double loyalty() {
            return loyalty;
        }

        /** The most pieces of one product that are put into the cart at once. */
        int mostOfOne() {
            return mostOfOne;
        }
    }

    record Company(String id, String name, Plan plan, String industry, int seats) {
        String team(int team) {
            return id + "-" + TEAMS.get(team).toLowerCase(Locale.ROOT);
        }
    }

    static Company find(String id) {
        return ALL.stream()
                .filter(company -> company.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static Company any(RandomGenerator random) {
        return BY_SIZE.pick(random);
    }

    /** The company and one team of it, now and then two. */
    static List<String> membership(Company company, RandomGenerator random) {
        var team = random.nextInt(TEAMS.size());
        return random.nextDouble() < 0.25
                ? List.of(company.id(), company.team(team), company.team((team + 1) % TEAMS.size()))
                : List.of(company.id(), company.team(team));
    }

    static List<Group> groups() {
        var groups = new ArrayList<Group>();
        for (var company : ALL) {
            var plan = company.plan().name().toLowerCase(Locale.ROOT);
            var seats = Integer.toString(company.seats());
            groups.add(new Group(
                    company.id(),
                    "company",
                    company.name() + " Ltd",
                    Map.of("plan", plan, "seats", seats, "industry", company.industry())));
            for (int team = 0; team < TEAMS.size(); team++) {
                groups.add(new Group(
                        company.team(team),
                        "team",
                        company.name() + " " + TEAMS.get(team),
                        Map.of("company", company.id(), "department", TEAMS.get(team), "plan", plan)));
            }
        }
        return groups;
    }

    private static Company company(int number) {
        var name = NAMES.get(number);
        var plan = number % 7 == 2 ? Plan.ENTERPRISE : number % 3 == 0 ? Plan.GROWTH : Plan.STARTER;
        return new Company(
                name.toLowerCase(Locale.ROOT),
                name,
                plan,
                INDUSTRIES.get(number % INDUSTRIES.size()),
                plan.mostOfOne() * 5 + number * 3);
    }
}
