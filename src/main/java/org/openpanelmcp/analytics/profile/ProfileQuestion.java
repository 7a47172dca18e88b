package org.openpanelmcp.analytics.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.Filter;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.tool.ToolCall;

/** The conditions of find_profiles on a row of profiles; all of them must hold. */
final class ProfileQuestion {
    private static final int MOST_WORDS = 5;

    private final Dialect dialect;
    private final List<Sql> conditions = new ArrayList<>();

    private ProfileQuestion(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * @param range when the event was performed
     * @throws BadValue when conditions contradict each other or have no meaning together
     */
    static Sql conditions(ToolCall call, ProjectScope scope, FindProfiles.Input input, TimeRange range)
            throws BadValue {
        check(input);
        var question = new ProfileQuestion(call.dialect());
        question.name(input.name());
        question.containing(Sql.of("email"), input.email());
        question.properties(properties(input));
        question.people(input.people());
        if (input.group() != null && !input.group().isEmpty()) {
            question.conditions.add(call.dialect().contains(Sql.of("groups"), Sql.value(input.group())));
        }
        question.sessions(scope, input.minSessions());
        question.event(scope, input, range);
        if (input.inactiveDays() != null) {
            question.conditions.add(
                    Sql.template("id not in (select profile_id from {events} where created_at >= {since})")
                            .put("events", call.dialect().events(scope))
                            .bind("since", call.now().minus(Duration.ofDays(input.inactiveDays())))
                            .sql());
        }
        return Sql.and(question.conditions);
    }

    private static void check(FindProfiles.Input input) throws BadValue {
        var event = input.performedEvent();
        if (event != null && !event.isEmpty()) {
            return;
        }
        if (input.minPerformed() != null) {
            throw new BadValue(
                    "minPerformed",
                    "minPerformed says how often performedEvent happened: name that event, or leave minPerformed out.");
        }
        if (input.dates().startDate() != null || input.dates().endDate() != null) {
            throw new BadValue(
                    input.dates().startDate() != null ? "startDate" : "endDate",
                    "startDate and endDate say when performedEvent happened: name that event, or leave the dates out."
                            + " sortBy created_at or last_seen_at shows the newest or latest people.");
        }
    }

    /** All property conditions; the four with an argument of their own must not be given twice. */
    static Map<String, String> properties(FindProfiles.Input input) throws BadValue {
        var all = new LinkedHashMap<String, String>();
        put(all, "country", input.country());
        put(all, "city", input.city());
        put(all, "device", input.device());
        put(all, "browser", input.browser());
        for (var entry : input.properties().entrySet()) {
            if (all.putIfAbsent(entry.getKey(), entry.getValue()) != null) {
                throw new BadValue(
                        "properties." + entry.getKey(),
                        entry.getKey() + " is given twice, as an argument of its own and in properties. Keep one.");
            }
        }
        return all;
    }

    private static void put(Map<String, String> all, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            all.put(key, value);
        }
    }

    /** Every word must stand somewhere in the id, the e-mail address or a name. */
    private void name(@Nullable String name) throws BadValue {
        if (name == null || name.isBlank()) {
            return;
        }
        var words = List.of(name.strip().split("\\s+"));
        if (words.size() > MOST_WORDS) {
            throw new BadValue(
                    "name",
                    "name has " + words.size() + " words; at most " + MOST_WORDS + " are looked for. Leave some out.");
        }
        for (var word : words) {
            var places = List.of(Sql.of("first_name"), Sql.of("last_name"), Sql.of("email"), Sql.of("id")).stream()
                    .map(column -> dialect.likeIgnoringCase(column, pattern(word)))
                    .toList();
            conditions.add(Sql.or(places));
        }
    }

    private void containing(Sql column, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            conditions.add(dialect.likeIgnoringCase(column, pattern(text)));
        }
    }

    private static Sql pattern(String text) {
        return Sql.value("%" + Filter.escapedForLike(text) + "%");
    }

    private void properties(Map<String, String> wanted) {
        wanted.forEach((key, value) -> conditions.add(Sql.template("{property} = {value}")
                .put("property", dialect.property(Sql.of("properties"), Sql.value(key)))
                .bind("value", value)
                .sql()));
    }

    private void people(FindProfiles.People people) {
        switch (people) {
            case ALL -> {}
            case IDENTIFIED -> conditions.add(Sql.of("is_external"));
            case ANONYMOUS -> conditions.add(Sql.of("not is_external"));
        }
    }

    private void sessions(ProjectScope scope, @Nullable Integer fewest) {
        if (fewest != null) {
            conditions.add(Sql.template("""
                            id in (
                              select profile_id from {sessions}
                              where id <> ''
                              group by profile_id
                              having count(*) >= {fewest})""")
                    .put("sessions", dialect.sessions(scope))
                    .bind("fewest", fewest)
                    .sql());
        }
    }

    private void event(ProjectScope scope, FindProfiles.Input input, TimeRange range) {
        var name = input.performedEvent();
        if (name != null && !name.isEmpty()) {
            conditions.add(Sql.template("""
                            id in (
                              select profile_id from {events}
                              where name = {name} and {range}
                              group by profile_id
                              having count(*) >= {fewest})""")
                    .put("events", dialect.events(scope))
                    .bind("name", name)
                    .put("range", range.holds(Sql.of("created_at")))
                    .bind("fewest", input.minPerformed() == null ? 1 : input.minPerformed())
                    .sql());
        }
    }
}
