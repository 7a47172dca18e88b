package org.openpanelmcp;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Weeks begin on Sunday there and on Monday here (Q7): what can be held against each other nevertheless. */
final class GoldenRetention {
    private final List<String> wrong;
    private final Set<String> deviations;

    GoldenRetention(List<String> wrong, Set<String> deviations) {
        this.wrong = wrong;
        this.deviations = deviations;
    }

    /** Whoever is active in a Sunday week is so in the Monday week that begins in it or in the one before, and back. */
    void weekly(JsonNode expected, JsonNode actual) {
        var theirs = active(expected);
        var ours = active(actual);
        deviations.addAll(theirs.isEmpty() ? Set.of("Q28") : Set.of("Q7", "Q28"));
        theirs.forEach((sunday, people) -> {
            long both = ours.getOrDefault(sunday.minusDays(6), 0L) + ours.getOrDefault(sunday.plusDays(1), 0L);
            check(people <= both, "active from " + sunday + ": " + people + " there, " + both + " here");
        });
        ours.forEach((monday, people) -> {
            long both = theirs.getOrDefault(monday.minusDays(1), 0L) + theirs.getOrDefault(monday.plusDays(6), 0L);
            check(people <= both, "active from " + monday + ": " + both + " there, " + people + " here");
        });
    }

    private static Map<LocalDate, Long> active(JsonNode weeks) {
        var active = new HashMap<LocalDate, Long>();
        weeks.forEach(week -> active.put(
                LocalDate.parse(week.get("date").stringValue()),
                week.get("active_users").longValue()));
        return active;
    }

    /** As many cells; the reference loses those who began in the first, ragged week (Q29). */
    void cohorts(JsonNode expected, JsonNode actual) {
        check(
                expected.isEmpty() == actual.isEmpty(),
                "rows: " + expected.size() + " there, " + actual.size() + " here");
        if (expected.isEmpty()) {
            return;
        }
        deviations.addAll(Set.of("Q7", "Q29"));
        check(
                people(actual) >= people(expected),
                "people: " + people(expected) + " there, " + people(actual) + " here");
        check(actual.at("/0/cohort_interval").equals(expected.at("/0/cohort_interval")), "the first row: " + actual);
        for (var row : actual) {
            check(row.get("values").size() == expected.at("/0/values").size(), "cells: " + row);
            check(row.at("/values/0").isNull() || row.at("/percentages/0").doubleValue() == 1, "period 0: " + row);
        }
    }

    private static long people(JsonNode rows) {
        return rows.valueStream()
                .skip(1)
                .mapToLong(row -> row.get("sum").longValue())
                .sum();
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }
}
