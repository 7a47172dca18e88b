package org.openpanelmcp.analytics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Quoted;
import org.openpanelmcp.tool.ArgumentGroup;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.RowName;

/** Which number of an answer is meant. Each tool takes some of these arguments. */
public record PeopleChoice(
        @Param(
                "The row of the answer, by the fields that name it: {\"name\":\"SE\"}, {\"cohort_interval\":\"2026-11-02\"},"
                        + " {\"origin\":\"https://x.test\",\"path\":\"/\"}, in a funnel {\"value\":\"mobile\"} or {\"date\":…}")
        @Nullable
        RowName row,

        @Param(value = "Funnel: who reached this step", min = 1, max = 10) @Nullable
        Integer step,

        @Param(value = "Funnel: of these, who did not reach the next step", orElse = "false")
        boolean dropped,

        @Param(value = "Cohorts: who is counted in values at this place; without it, the cohort", min = 0, max = 90)
        @Nullable
        Integer period,

        @Param("Name of the number where a row has several") @Nullable
        String figure)
        implements ArgumentGroup {
    /** So many rows are looked through for the one that was meant. */
    public static final int MOST_ROWS = 1_000;

    private static final int SHOWN_ROWS = 3;

    /**
     * Refuses what the tool does not take.
     *
     * @param taken names of arguments
     */
    public void takes(String tool, List<String> taken) throws BadValue {
        var given = new LinkedHashMap<String, Boolean>();
        given.put("row", row != null);
        given.put("step", step != null);
        given.put("dropped", dropped);
        given.put("period", period != null);
        given.put("figure", figure != null);
        for (var argument : given.entrySet()) {
            if (argument.getValue() && !taken.contains(argument.getKey())) {
                throw new BadValue(
                        argument.getKey(),
                        "An answer of " + tool + " has no " + argument.getKey() + ": its numbers are chosen by "
                                + String.join(" and ", taken) + ". Leave " + argument.getKey() + " out.");
            }
        }
    }

    /**
     * The row that is meant.
     *
     * @param fields that name the rows of the tool
     * @param example a row as it is written
     * @throws BadValue when there is none, or it names other fields
     */
    public RowName row(String tool, List<String> fields, String example) throws BadValue {
        if (row == null || row.fields().isEmpty()) {
            throw new BadValue(
                    "row",
                    "row is missing: which row of the answer of " + tool + " is meant, by "
                            + String.join(" and ", fields) + ", such as " + example + ".");
        }
        for (var field : row.fields().keySet()) {
            if (!fields.contains(field)) {
                throw new BadValue(
                        "row." + Quoted.shortened(field),
                        "Rows of " + tool + " are not named by " + Quoted.of(field) + " but by "
                                + String.join(" and ", fields) + ", such as " + example + "."
                                + Nearest.to(field, fields)
                                        .map(near -> " Did you mean " + near + "?")
                                        .orElse(""));
            }
        }
        return row;
    }

    /** @param meanings the numbers by name, the first of them when none is named */
    public <T> T figure(String tool, Map<String, T> meanings) throws BadValue {
        var names = List.copyOf(meanings.keySet());
        var name = figure == null ? names.getFirst() : figure;
        var meaning = meanings.get(name);
        if (meaning == null) {
            throw new BadValue(
                    "figure",
                    "figure must be one of " + String.join(", ", names) + " for " + tool + ", not " + Quoted.of(name)
                            + "."
                            + Nearest.to(name, names)
                                    .map(near -> " Did you mean " + Quoted.of(near) + "?")
                                    .orElse(""));
        }
        return meaning;
    }

    /** The complaint about a row that is none of the answer. */
    public static BadValue noSuchRow(RowName row, List<RowName> known) {
        var near = nearest(row, known);
        var some = known.stream().limit(SHOWN_ROWS).map(RowName::toString).toList();
        return new BadValue(
                "row",
                "The answer has no row " + Quoted.shortened(row.toString()) + "."
                        + (known.isEmpty()
                                ? " It has none at all."
                                : near.map(one -> " Did you mean " + one + "?")
                                        .orElse(" Rows are " + String.join(", ", some) + ".")));
    }

    /** One that has a value in common, else one that differs by few letters. */
    private static Optional<RowName> nearest(RowName row, List<RowName> known) {
        var alike = known.stream()
                .filter(one -> one.fields().entrySet().stream()
                        .anyMatch(field ->
                                !field.getValue().isEmpty() && field.getValue().equals(row.value(field.getKey()))))
                .findFirst();
        if (alike.isPresent()) {
            return alike;
        }
        var byValues = new LinkedHashMap<String, RowName>();
        known.forEach(one -> byValues.putIfAbsent(String.join(" ", one.fields().values()), one));
        return Nearest.to(String.join(" ", row.fields().values()), byValues.keySet())
                .map(byValues::get);
    }
}
