package org.openpanelmcp.analytics.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.CalendarInterval;
import org.openpanelmcp.analytics.EntryParts;
import org.openpanelmcp.analytics.EventNames;
import org.openpanelmcp.analytics.People;
import org.openpanelmcp.analytics.PeopleBehind;
import org.openpanelmcp.analytics.PeopleChoice;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.Dimension;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.RowName;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** People by when they began, and how many of them came back one, two, three … intervals later. */
public final class GetRetentionCohort implements PeopleBehind<GetRetentionCohort.Input, GetRetentionCohort.Result> {
    private static final int MOST_CELLS = 5_000;

    /** The arguments. */
    public record Input(
            ProjectArgument project,
            Dates dates,

            @Param("Event that puts a person into a cohort; any event when left out") @Nullable
            String startEvent,

            @Param("Event that counts as coming back; any event when left out") @Nullable
            String returnEvent,

            @Param(value = "Width of a cohort and of a period; weeks begin on Monday", orElse = "week")
            CalendarInterval interval,

            @Param(value = "How many periods after the first one", min = 1, max = 90, orElse = "12")
            int periods,

            @Param(
                    value = "on: came back in that very period; on_or_after: in that period or any later one",
                    orElse = "on_or_after")
            RetentionQuery.Criterion criterion,

            @Param(
                    value = "ever: by a person's first start event at all, so that only new people form cohorts;"
                            + " in_range: by the first one within the range",
                    orElse = "ever")
            RetentionQuery.FirstSeen firstSeen,

            @Param(
                    value = "identified: only profiles that the site identified; all: everybody, the anonymous ones by"
                            + " device",
                    orElse = "identified")
            People people,

            @Param("Only start events that match: which people form the cohorts")
            Filters filters,

            @Param("Only return events that match; same form as filters")
            Filters returnFilters,

            @Param("Also the cohorts per value of the start event in any dimension of filters") @Nullable
            String breakdown,

            @Param(value = "Most values of the breakdown; all others are one entry", min = 1, max = 20, orElse = "5")
            int limit) {}

    /** The answer. */
    public record Result(
            @Doc("First the average of all cohorts, then the cohorts that have people, oldest first")
            List<CohortRow> rows,

            @Doc("Values with most people first, all others last") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Part> breakdown,

            @Doc("How many values there are in all") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long breakdownValues,

            CalendarInterval interval,
            RetentionQuery.Criterion criterion,
            Meta meta) {}

    /** The cohorts of those who began with one value. */
    public record Part(
            @Doc("null: not set, or the others") @Nullable String value,

            @Doc("Whether these are all values that are not listed")
            boolean other,

            List<CohortRow> rows) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_retention_cohort", "Retention by cohort", Input.class, Result.class)
                .what("People grouped by the week (or day, month) in which they began, and how many of each group came"
                        + " back in the periods after it; with the average over all groups.")
                .useWhen("asked how well new people are kept, or whether later ones are kept better")
                .hint("Without dates: the current interval and as many before it as there are periods.")
                .hint("on_or_after falls from period to period by definition; on shows who really came in each.")
                .example(
                        "who buys again after a sign-up, month by month this year",
                        "{\"startEvent\":\"sign_up\",\"returnEvent\":\"revenue\",\"interval\":\"month\","
                                + "\"startDate\":\"this_year\"}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var question = question(input, call, scope);
        var range = question.cohorts();
        refuseTooMany(Buckets.of(range, input.interval().width()).list().size(), input.periods());
        var parts = breakdown(input);
        var meta = call.meta(scope, definition(input) + (parts == null ? "" : parts.described()))
                .range(range)
                .people();
        if (range.start().isAfter(call.now())) {
            meta.warn("The range lies in the future: nobody can have begun in it.");
            return new Result(
                    List.of(),
                    parts == null ? null : List.of(),
                    parts == null ? null : 0L,
                    input.interval(),
                    input.criterion(),
                    meta.build());
        }
        var cohorts = RetentionQuery.of(call, scope, question);
        meta.warn(warnings(input, call, scope, range, cohorts.isEmpty()));
        var split = parts == null ? null : RetentionQuery.split(call, scope, question, parts);
        if (parts != null && split != null) {
            meta.warn(parts.warnings(
                    split.parts().stream().map(RetentionQuery.Part::value).toList()));
        }
        return new Result(
                rows(cohorts, question, input.periods(), call),
                split == null ? null : parts(split, question, input.periods(), call),
                split == null ? null : split.values(),
                input.interval(),
                input.criterion(),
                meta.build());
    }

    private static @Nullable EntryParts breakdown(Input input) throws BadValue {
        var label = input.breakdown();
        return label == null || label.isEmpty()
                ? null
                : new EntryParts(Dimension.named("breakdown", label), input.limit());
    }

    private static List<CohortRow> rows(
            List<RetentionQuery.Cohort> cohorts, RetentionQuery.Question question, int periods, ToolCall call) {
        var rows = cohorts.stream()
                .map(cohort -> CohortRow.of(cohort, question.buckets().list(), periods, call.now()))
                .toList();
        return withAverage(rows, periods);
    }

    private static List<Part> parts(
            RetentionQuery.Split split, RetentionQuery.Question question, int periods, ToolCall call) {
        return split.parts().stream()
                .map(part -> new Part(
                        part.value().isEmpty() ? null : part.value(),
                        part.others(),
                        rows(part.cohorts(), question, periods, call)))
                .toList();
    }

    @Override
    public Behind behind(Input input, PeopleChoice choice, ToolCall call) throws BadValue {
        var tool = spec().name();
        choice.takes(tool, List.of("row", "period"));
        var row = choice.row(tool, List.of("cohort_interval"), "{\"cohort_interval\":\"2026-11-02\"}");
        var scope = call.project(input.project());
        var question = question(input, call, scope);
        int cohort = cohort(question, row);
        var period = choice.period();
        if (period != null) {
            checkCell(input, question, cohort, period, call);
        }
        return new Behind(
                scope,
                RetentionQuery.people(call, scope, question, cohort, period),
                input.people().described() + " of the cohort " + row.value("cohort_interval")
                        + (period == null ? "" : " who are counted as returned in period " + period) + " by " + tool,
                question.cohorts(),
                Behind.NONE);
    }

    private static int cohort(RetentionQuery.Question question, RowName row) throws BadValue {
        var names = new ArrayList<RowName>();
        for (var bucket : question.buckets().list()) {
            if (bucket.start().toInstant().isAfter(question.cohorts().end())) {
                break;
            }
            names.add(RowName.of("cohort_interval", bucket.start().toLocalDate().toString()));
        }
        int place = names.indexOf(row);
        if (place < 0) {
            throw PeopleChoice.noSuchRow(row, holding(row.value("cohort_interval"), names));
        }
        return place;
    }

    /** Of a day the interval that it lies in; all when it is no day of these. */
    private static List<RowName> holding(String day, List<RowName> names) {
        var before = names.stream()
                .filter(name -> day.matches("\\d{4}-\\d{2}-\\d{2}")
                        && name.value("cohort_interval").compareTo(day) < 0)
                .toList();
        return before.isEmpty() ? names : List.of(before.getLast());
    }

    private static void checkCell(Input input, RetentionQuery.Question question, int cohort, int period, ToolCall call)
            throws BadValue {
        if (period > input.periods()) {
            throw new BadValue(
                    "period", "The answer has no period " + period + ": take one from 0 to " + input.periods() + ".");
        }
        if (!CohortRow.over(question.buckets().list(), cohort + period, call.now())) {
            throw new BadValue(
                    "period",
                    "Period " + period + " of this cohort was not over yet: its cell is null. Take an earlier one, or"
                            + " leave period out for the whole cohort.");
        }
    }

    private static RetentionQuery.Question question(Input input, ToolCall call, ProjectScope scope) throws BadValue {
        var range = WholeIntervals.touched(call, scope, input.dates(), input.interval(), input.periods());
        // One interval more than is shown, since zones left out a day now and then.
        var cells = WholeIntervals.longer(range, input.interval(), input.periods() + 1);
        var buckets = Buckets.of(cells, input.interval().width());
        return new RetentionQuery.Question(
                range,
                cells,
                buckets,
                new RetentionQuery.Event(Optional.ofNullable(input.startEvent()), input.filters()),
                new RetentionQuery.Event(Optional.ofNullable(input.returnEvent()), input.returnFilters()),
                input.criterion(),
                input.firstSeen(),
                input.people());
    }

    private static void refuseTooMany(int cohorts, int periods) throws BadValue {
        long cells = (long) cohorts * (periods + 1);
        if (cells > MOST_CELLS) {
            throw new BadValue(
                    "periods",
                    cohorts + " cohorts of " + (periods + 1) + " periods are " + cells + " cells; at most " + MOST_CELLS
                            + " are allowed. Take fewer periods, a wider interval or a shorter range.");
        }
    }

    private static List<String> warnings(
            Input input, ToolCall call, ProjectScope scope, TimeRange range, boolean nobody) throws QueryFailure {
        var named = Stream.of(input.startEvent(), input.returnEvent())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        // Returns count until now, wherever the range ends.
        var seen = range.end().isAfter(call.now()) ? range : new TimeRange(range.start(), call.now(), range.zone());
        var warnings = new ArrayList<>(EventNames.warnings(call, scope, seen, named));
        if (nobody) {
            warnings.addAll(Nobody.found(call, scope, range, input.people(), input.filters()));
        }
        if (nobody && input.firstSeen() == RetentionQuery.FirstSeen.EVER) {
            warnings.add("Whoever had a start event before the range is in no cohort; firstSeen: in_range counts the"
                    + " first one of the range.");
        }
        return warnings;
    }

    private static List<CohortRow> withAverage(List<CohortRow> cohorts, int periods) {
        if (cohorts.isEmpty()) {
            return List.of();
        }
        var rows = new ArrayList<CohortRow>();
        rows.add(CohortRow.average(cohorts, periods));
        rows.addAll(cohorts);
        return rows;
    }

    private static String definition(Input input) {
        var first = input.firstSeen() == RetentionQuery.FirstSeen.EVER
                ? "first start event ever"
                : "first start event" + " in the range";
        var kept = input.criterion() == RetentionQuery.Criterion.ON
                ? "with a return event in exactly the k-th interval after that one"
                : "with a return event in the k-th interval after that one or any later one, up to now";
        return input.people().described() + " by the interval of their " + first + " (sum). values[k]: those " + kept
                + ", never before the start event itself. percentages: values / sum as fractions. Cells whose interval"
                + " is not over are null and not part of the average, which pools the other cohorts.";
    }
}
