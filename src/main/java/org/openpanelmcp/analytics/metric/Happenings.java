package org.openpanelmcp.analytics.metric;

import java.util.ArrayList;
import java.util.List;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;

/** What else must have happened, as SQL. */
final class Happenings {
    private final ProjectScope scope;
    private final Dialect dialect;
    private final MetricsQuestion.Happened happened;

    Happenings(ProjectScope scope, Dialect dialect, MetricsQuestion.Happened happened) {
        this.scope = scope;
        this.dialect = dialect;
        this.happened = happened;
    }

    /** Whether the session holds an event of that name. */
    static Sql sessionHolds(Sql sessionId, String event, ProjectScope scope, Dialect dialect) {
        return Sql.template("{session} in (select session_id from {events} where name = {event} and session_id <> '')")
                .put("session", sessionId)
                .put("events", dialect.events(scope))
                .bind("event", event)
                .sql();
    }

    /** The conditions on a row with the session's id and {@code profile_id}. */
    List<Sql> ofSessionAndPerson(Sql sessionId) {
        var conditions = new ArrayList<Sql>();
        for (var named : happened.inSession()) {
            conditions.add(as(named, sessionHolds(sessionId, named.event(), scope, dialect)));
        }
        for (var named : happened.everByPerson()) {
            conditions.add(as(
                    named,
                    Sql.template(
                                    "profile_id in (select profile_id from {events} where name = {event} and profile_id <> '')")
                            .put("events", dialect.events(scope))
                            .bind("event", named.event())
                            .sql()));
        }
        return conditions;
    }

    private static Sql as(MetricsQuestion.Named named, Sql condition) {
        return named.happened() ? condition : Sql.of("not ").then(Sql.and(List.of(condition)));
    }

    /** Joins that put beside a row of events when the latest such event of its session was. */
    Sql joins() {
        var joins = new ArrayList<Sql>();
        for (int place = 0; place < happened.laterInSession().size(); place++) {
            joins.add(Sql.template("""
                    left join (
                      select session_id as {key}, max(created_at) as {at} from {events}
                      where name = {event} and session_id <> ''
                      group by {key}) on {key} = session_id""")
                    .put("key", Sql.numbered("later_key_", place))
                    .put("at", Sql.numbered("later_at_", place))
                    .put("events", dialect.events(scope))
                    .bind("event", happened.laterInSession().get(place).event())
                    .sql());
        }
        return Sql.join(joins, " ");
    }

    /** The conditions on a row with these joins. */
    List<Sql> ofLater() {
        var conditions = new ArrayList<Sql>();
        for (int place = 0; place < happened.laterInSession().size(); place++) {
            boolean wanted = happened.laterInSession().get(place).happened();
            conditions.add(
                    Sql.template(wanted ? "coalesce({at} > created_at, false)" : "coalesce({at} <= created_at, true)")
                            .put("at", Sql.numbered("later_at_", place))
                            .sql());
        }
        return conditions;
    }
}
