package org.openpanelmcp.analytics.people;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.KeyedIds;
import org.openpanelmcp.analytics.PeopleBehind;
import org.openpanelmcp.analytics.SortOrder;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/** The people of a query, in the order of their last event. Used by one thread. */
final class ListedPeople {
    private final ToolCall call;
    private final PeopleBehind.Behind behind;

    /** @param call with the clock of the answer: what happened since then moves nobody in the list */
    ListedPeople(ToolCall call, PeopleBehind.Behind behind) {
        this.call = call;
        this.behind = behind;
    }

    /** Who was seen last comes first, of equal ones by id; who has no event at all comes last. */
    KeyedIds page(ToolCall.Page page, int limit) throws QueryFailure {
        var candidates = Sql.template("""
                select person_id as row_id, coalesce(max(seen_ms), 0) as sort_key
                from (select person_id from ({people}) as found where person_id <> '' group by person_id) as behind
                left join (
                  select profile_id as seen_id, {millis} as seen_ms
                  from {events}
                  where profile_id <> '' and created_at <= {now}) as seen on seen_id = person_id
                group by row_id""")
                .put("people", behind.people())
                .put("millis", call.dialect().epochMillis(Sql.of("created_at")))
                .put("events", call.dialect().events(behind.scope()))
                .bind("now", call.now())
                .sql();
        return KeyedIds.page(call, behind.scope(), page, candidates, SortOrder.DESC, limit);
    }

    /** In the order of the ids; nobody is left out. */
    List<ListedPerson> rows(List<String> ids) throws QueryFailure {
        if (ids.isEmpty()) {
            return List.of();
        }
        var list = Sql.join(ids.stream().map(Sql::value).toList(), ", ");
        var known = known(list);
        var seen = seen(list);
        return ids.stream()
                .map(id -> person(
                        id,
                        Optional.ofNullable(known.get(id)).orElse(Known.NOTHING),
                        Optional.ofNullable(seen.get(id)).orElse(Seen.NEVER)))
                .toList();
    }

    /** What a profile says. */
    private record Known(String firstName, String lastName, String email, boolean identified) {
        static final Known NOTHING = new Known("", "", "", false);

        static Known read(Row row) {
            return new Known(
                    row.text("first_name"), row.text("last_name"), row.text("email"), row.truth("is_external"));
        }
    }

    /** What the events under an id say. */
    private record Seen(Optional<Instant> first, Optional<Instant> last, boolean identified) {
        static final Seen NEVER = new Seen(Optional.empty(), Optional.empty(), false);

        static Seen read(Row row) {
            return new Seen(row.instant("first_at"), row.instant("last_at"), row.whole("named_total") > 0);
        }
    }

    private ListedPerson person(String id, Known known, Seen seen) {
        return new ListedPerson(
                id,
                known.identified() || seen.identified(),
                orNull(known.firstName()),
                orNull(known.lastName()),
                orNull(known.email()),
                here(seen.first()),
                here(seen.last()));
    }

    private Map<String, Known> known(Sql ids) throws QueryFailure {
        var sql = Sql.template("select id, first_name, last_name, email, is_external from {profiles} as people")
                .put("profiles", call.dialect().profiles(behind.scope(), ids))
                .sql();
        var known = new HashMap<String, Known>();
        call.query(behind.scope(), sql, row -> known.put(row.text("id"), Known.read(row)));
        return known;
    }

    private Map<String, Seen> seen(Sql ids) throws QueryFailure {
        var sql = Sql.template("""
                select profile_id as seen_id, min(created_at) as first_at, max(created_at) as last_at,
                       {named} as named_total
                from {events}
                where profile_id in ({ids}) and created_at <= {now}
                group by seen_id""")
                .put("named", call.dialect().countIf(Sql.of("profile_id <> device_id")))
                .put("events", call.dialect().events(behind.scope()))
                .put("ids", ids)
                .bind("now", call.now())
                .sql();
        var seen = new HashMap<String, Seen>();
        call.query(behind.scope(), sql, row -> seen.put(row.text("seen_id"), Seen.read(row)));
        return seen;
    }

    private @Nullable OffsetDateTime here(Optional<Instant> at) {
        return at.map(instant -> instant.atZone(behind.scope().zone()).toOffsetDateTime())
                .orElse(null);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
