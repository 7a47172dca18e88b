package org.openpanelmcp.reference;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Who came back and who stayed away, person by person and event by event. */
final class SampleRetention {
    private final SampleProject project;
    private final CivilTime time;
    private final boolean identified;

    SampleRetention(SampleProject project, boolean identified) {
        this.project = project;
        this.time = new CivilTime(project.zone());
        this.identified = identified;
    }

    /** The whole buckets that a range touches; so many before its last one when it names no start. */
    Span whole(AskedRange range, Width width, int before) {
        long last = time.bucketStart(width, range.span().end());
        var unit = switch (width) {
            case MONTH -> ChronoUnit.MONTHS;
            case WEEK -> ChronoUnit.WEEKS;
            default -> ChronoUnit.DAYS;
        };
        long first = range.startDate() == null
                ? time.firstMoment(time.dayOf(last).minus(before, unit))
                : time.bucketStart(width, range.span().start());
        return new Span(first, time.next(width, last) - 1);
    }

    ArrayNode weekly(Span span, List<SampleFilter> filters) {
        var list = JsonNodeFactory.instance.arrayNode();
        for (long start : time.bucketStarts(Width.WEEK, span)) {
            if (start > now()) {
                continue;
            }
            long next = time.next(Width.WEEK, start);
            long end = time.next(Width.WEEK, next);
            var active = people(start, next, filters);
            var retained = people(next, end, filters);
            retained.retainAll(active);
            boolean complete = end <= now();
            var week = list.addObject();
            week.put("date", time.dayOf(start).toString()).put("active_users", active.size());
            week.put("retained_users", complete ? retained.size() : null);
            week.put("retention", complete ? Numbers.ratio(100, retained.size(), active.size()) : null);
            week.put("partial", next > now()).put("complete", complete);
        }
        return list;
    }

    private Set<String> people(long from, long until, List<SampleFilter> filters) {
        var people = new HashSet<String>();
        counted()
                .filter(event -> event.at() >= from && event.at() < until && Matching.event(project, event, filters))
                .forEach(event -> people.add(event.text("profile_id")));
        return people;
    }

    /** Events of people up to now. */
    private Stream<SampleEvent> counted() {
        return project.events().stream().filter(this::counts);
    }

    private List<SampleEvent> counted(String person) {
        return project.index().eventsOfProfile(person).stream()
                .filter(this::counts)
                .toList();
    }

    private boolean counts(SampleEvent event) {
        var id = event.text("profile_id");
        return event.at() <= now() && !id.isEmpty() && !(identified && id.equals(event.text("device_id")));
    }

    private long now() {
        return project.now().toEpochMilli();
    }

    /** Events of one name, or of any. */
    record Event(@Nullable String name, List<SampleFilter> filters) {
        boolean is(SampleProject project, SampleEvent event) {
            return (name == null || name.equals(event.name())) && Matching.event(project, event, filters);
        }
    }

    /** A question about cohorts. */
    record Cohorts(Width width, int periods, Event start, Event back, boolean exactly, boolean ever) {}

    private record Cohort(long start, List<Long> joined, List<List<Long>> returns) {}

    /** A person of a cohort: when it began, with which values, and when it came back. */
    private record Member(long joined, Set<String> values, List<Long> returns) {}

    ArrayNode cohorts(Span span, Cohorts asked) {
        return cohorts(members(span, asked, ""), asked);
    }

    /** The cohorts of each value at the start event. */
    ArrayNode parts(Span span, Cohorts asked, String dimension, int most) {
        var parts = JsonNodeFactory.instance.arrayNode();
        for (var part : SampleParts.of(members(span, asked, dimension), Member::values, most)) {
            parts.addObject()
                    .put("value", part.value())
                    .put("other", part.others())
                    .set("rows", cohorts(part.members(), asked));
        }
        return parts;
    }

    private ArrayNode cohorts(List<Member> members, Cohorts asked) {
        var cohorts = new TreeMap<Long, Cohort>();
        for (var member : members) {
            var cohort = cohorts.computeIfAbsent(
                    time.bucketStart(asked.width(), member.joined()),
                    start -> new Cohort(start, new ArrayList<>(), new ArrayList<>()));
            cohort.joined().add(member.joined());
            cohort.returns().add(member.returns());
        }
        return rows(cohorts.values().stream().map(cohort -> row(cohort, asked)).toList(), asked.periods());
    }

    /** Who began in the bucket, and came back so many buckets later if that is asked. */
    Set<String> members(Span span, Cohorts asked, long bucket, @Nullable Integer period) {
        var members = new HashSet<String>();
        long from = bucket;
        for (int i = 0; period != null && i < period; i++) {
            from = time.next(asked.width(), from);
        }
        long earliest = from;
        long until = asked.exactly() ? time.next(asked.width(), from) : Long.MAX_VALUE;
        for (var person : people()) {
            var own = counted(person);
            var joined = own.stream()
                    .filter(event -> asked.start().is(project, event) && (asked.ever() || event.at() >= span.start()))
                    .mapToLong(SampleEvent::at)
                    .min();
            boolean member = joined.isPresent()
                    && span.holds(joined.getAsLong())
                    && time.bucketStart(asked.width(), joined.getAsLong()) == bucket;
            if (member
                    && (period == null
                            || own.stream()
                                    .anyMatch(event -> asked.back().is(project, event)
                                            && event.at() >= Math.max(joined.getAsLong(), earliest)
                                            && event.at() < until))) {
                members.add(person);
            }
        }
        return members;
    }

    private Set<String> people() {
        var people = new HashSet<String>();
        counted().forEach(event -> people.add(event.text("profile_id")));
        return people;
    }

    private List<Member> members(Span span, Cohorts asked, String dimension) {
        var members = new ArrayList<Member>();
        for (var person : people()) {
            var own = counted(person);
            var starts = own.stream()
                    .filter(event -> asked.start().is(project, event) && (asked.ever() || event.at() >= span.start()))
                    .toList();
            var first = starts.stream().mapToLong(SampleEvent::at).min();
            if (first.isPresent() && span.holds(first.getAsLong())) {
                long joined = first.getAsLong();
                var returns = own.stream()
                        .filter(event -> asked.back().is(project, event) && event.at() >= joined)
                        .map(SampleEvent::at)
                        .toList();
                members.add(new Member(joined, SampleParts.values(project, starts, dimension), returns));
            }
        }
        return members;
    }

    private record CohortRow(String name, long size, List<@Nullable Long> values) {
        boolean partial() {
            return values.getFirst() == null;
        }
    }

    private CohortRow row(Cohort cohort, Cohorts asked) {
        var values = new ArrayList<@Nullable Long>();
        long start = cohort.start();
        for (int k = 0; k <= asked.periods(); k++) {
            long from = start;
            long next = time.next(asked.width(), start);
            long until = asked.exactly() ? next : Long.MAX_VALUE;
            long kept = cohort.returns().stream()
                    .filter(returns -> returns.stream().anyMatch(at -> at >= from && at < until))
                    .count();
            values.add(next <= now() ? kept : null);
            start = next;
        }
        return new CohortRow(
                time.dayOf(cohort.start()).toString(), cohort.joined().size(), values);
    }

    private static ArrayNode rows(List<CohortRow> cohorts, int periods) {
        var list = JsonNodeFactory.instance.arrayNode();
        if (cohorts.isEmpty()) {
            return list;
        }
        var whole = cohorts.stream().filter(cohort -> !cohort.partial()).toList();
        long people = whole.stream().mapToLong(CohortRow::size).sum();
        long mean = whole.isEmpty() ? 0 : rounded(people, whole.size());
        var average = list.addObject().put("cohort_interval", "Weighted Average");
        var averages = average.put("sum", mean).putArray("values");
        var rates = average.putArray("percentages");
        int complete = 0;
        for (int k = 0; k <= periods; k++) {
            int period = k;
            var pooled = whole.stream()
                    .filter(cohort -> cohort.values().get(period) != null)
                    .toList();
            long began = pooled.stream().mapToLong(CohortRow::size).sum();
            long kept = pooled.stream()
                    .mapToLong(cohort ->
                            Long.parseLong(String.valueOf(cohort.values().get(period))))
                    .sum();
            complete += pooled.isEmpty() ? 0 : 1;
            averages.add(pooled.isEmpty() ? null : Long.valueOf(rounded(kept * mean, began)));
            rates.add(pooled.isEmpty() ? null : Numbers.ratio(1, kept, began));
        }
        average.put("complete_periods", complete).put("partial", false);
        cohorts.forEach(cohort -> write(cohort, list.addObject()));
        return list;
    }

    private static long rounded(long part, long whole) {
        return BigDecimal.valueOf(part)
                .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static void write(CohortRow cohort, ObjectNode row) {
        row.put("cohort_interval", cohort.name()).put("sum", cohort.size()).put("partial", cohort.partial());
        var values = row.putArray("values");
        var percentages = row.putArray("percentages");
        int complete = 0;
        for (var value : cohort.values()) {
            values.add(value);
            percentages.add(value == null ? null : Numbers.ratio(1, value, cohort.size()));
            complete += value == null ? 0 : 1;
        }
        row.put("complete_periods", complete);
    }

    /** Everybody with the days since the last event. */
    Map<String, Long> daysAgo(List<SampleFilter> filters) {
        var last = new TreeMap<String, Long>();
        counted()
                .filter(event -> Matching.event(project, event, filters))
                .forEach(event -> last.merge(event.text("profile_id"), event.at(), Math::max));
        var today = time.dayOf(now());
        last.replaceAll((person, at) -> ChronoUnit.DAYS.between(time.dayOf(at), today));
        return last;
    }

    ObjectNode lastSeen(int mostDays, List<SampleFilter> filters) {
        var last = daysAgo(filters);
        var byDays = new TreeMap<Long, Integer>();
        last.values().forEach(days -> byDays.merge(days, 1, Integer::sum));
        var answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("summary")
                .put("total_identified_users", last.size())
                .put("active_last_7_days", people(byDays, 0, 7))
                .put("active_8_to_14_days", people(byDays, 8, 14))
                .put("active_15_to_30_days", people(byDays, 15, 30))
                .put("inactive_31_to_60_days", people(byDays, 31, 60))
                .put("churned_60_plus_days", people(byDays, 61, Long.MAX_VALUE));
        var distribution = answer.putArray("distribution");
        byDays.headMap((long) mostDays, true)
                .forEach((days, users) ->
                        distribution.addObject().put("days", days).put("users", users));
        return answer.put("older_users", people(byDays, mostDays + 1L, Long.MAX_VALUE));
    }

    private static int people(Map<Long, Integer> byDays, long from, long to) {
        return byDays.entrySet().stream()
                .filter(entry -> entry.getKey() >= from && entry.getKey() <= to)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
