package org.openpanelmcp.store.duckdb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.store.Batch;
import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.SessionRow;
import org.openpanelmcp.store.SessionRow.Campaign;
import org.openpanelmcp.store.SessionRow.Counts;
import org.openpanelmcp.store.SessionRow.Opening;
import org.openpanelmcp.store.SessionRow.Page;
import org.openpanelmcp.store.SessionSpan;
import org.openpanelmcp.store.Source;
import org.openpanelmcp.store.Surroundings;

/** Reads and writes sessions, within the connection's transaction. */
final class SessionTable {
    private static final String REMOVE = "delete from sessions as s using " + Keys.TABLE
            + " where s.project_id = wanted.project_id and s.id = wanted.id" + " and s.created_at >= ?";

    private static final String DUE =
            "select * from sessions where touched_at <= ? and ended_at <= ? order by touched_at limit ?";

    private static final String END_EVENTS = """
            insert into events by name
            select md5(project_id || chr(10) || id || chr(10) || 'session_end')::uuid as id, 'session_end' as name,""" + SessionSql.END_EVENT + "from ending r";

    private static final String SETTLE = """
            update sessions as s set touched_at = null from ending e
            where s.project_id = e.project_id and s.id = e.id and s.created_at >= (select min(created_at) from ending)""";

    private final Connection connection;

    SessionTable(Connection connection) {
        this.connection = connection;
    }

    /**
     * A changed session takes the place of its stored row. TRICKY: the engine updates a column in place far slower than it
     * marks a row as deleted and appends another.
     */
    void write(List<Batch.SessionChange> changes) throws SQLException {
        remove(changes.stream().filter(change -> change.storedStart() != null).toList());
        append(changes);
    }

    static boolean anyDue(Connection connection, long idleSince) throws SQLException {
        return !Rows.read(connection, DUE, SessionTable::key, due(idleSince, 1)).isEmpty();
    }

    List<RowKey> end(long idleSince, int most) throws SQLException {
        Rows.run(connection, "create or replace temp table ending as " + DUE, due(idleSince, most));
        Rows.run(connection, END_EVENTS);
        Rows.run(connection, SETTLE);
        var ended = Rows.read(connection, "select * from ending", SessionTable::key);
        Rows.run(connection, "drop table ending");
        return ended;
    }

    private static Object[] due(long idleSince, int most) {
        var time = DuckDbEventWriter.time(idleSince);
        return new Object[] {time, time, most};
    }

    private void remove(List<Batch.SessionChange> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        var earliest = changes.stream()
                .map(Batch.SessionChange::storedStart)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .min()
                .orElseThrow();
        try (var statement = connection.prepareStatement(REMOVE)) {
            Keys.bind(
                    statement,
                    changes.stream().map(change -> change.row().key()).toList());
            statement.setObject(3, DuckDbEventWriter.time(earliest));
            statement.execute();
        }
    }

    private void append(List<Batch.SessionChange> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (var rows = RowAppender.to(connection, "sessions")) {
            for (var change : changes) {
                append(rows, change.row());
            }
        }
    }

    private static void append(RowAppender rows, SessionRow row) throws SQLException {
        rows.beginRow()
                .text(row.key().id())
                .text(row.key().projectId())
                .text(row.profileId())
                .text(row.deviceId())
                .texts(row.groups())
                .time(row.startedAt())
                .time(row.endedAt())
                .flag(row.counts().isBounce())
                .text(row.entry().origin())
                .text(row.entry().path())
                .text(row.exit().origin())
                .text(row.exit().path())
                .integer(row.counts().screenViews())
                .real((double) row.counts().revenue())
                .integer(row.counts().otherEvents())
                .integer((int) Math.min(row.endedAt() - row.startedAt(), 4_294_967_295L));
        surroundings(rows, row.opening().surroundings());
        var campaign = row.opening().campaign();
        var source = row.opening().source();
        rows.text(campaign.medium())
                .text(campaign.source())
                .text(campaign.campaign())
                .text(campaign.content())
                .text(campaign.term())
                .text(source.url())
                .text(source.name())
                .text(source.type())
                .tiny(1)
                .big(row.version());
        var touched = row.touchedAt();
        if (touched == null) {
            rows.nothing();
        } else {
            rows.time(touched);
        }
        rows.text(row.marks()).endRow();
    }

    private static void surroundings(RowAppender rows, Surroundings surroundings) throws SQLException {
        var place = surroundings.place();
        rows.text(place.country()).text(place.region()).text(place.city());
        coordinate(rows, place.longitude());
        coordinate(rows, place.latitude());
        var agent = surroundings.agent();
        rows.text(agent.device())
                .text(agent.brand())
                .text(agent.model())
                .text(agent.browser())
                .text(agent.browserVersion())
                .text(agent.os())
                .text(agent.osVersion());
    }

    static void coordinate(RowAppender rows, @Nullable Float value) throws SQLException {
        if (value == null) {
            rows.nothing();
        } else {
            rows.coordinate(value);
        }
    }

    static SessionSpan readSpan(ResultSet row) throws SQLException {
        return new SessionSpan(
                key(row),
                row.getString("device_id"),
                row.getString("profile_id"),
                DuckDbEventWriter.millis(row, "created_at"),
                DuckDbEventWriter.millis(row, "ended_at"));
    }

    static RowKey key(ResultSet row) throws SQLException {
        return new RowKey(row.getString("project_id"), row.getString("id"));
    }

    static SessionRow read(ResultSet row) throws SQLException {
        var marks = row.getString("marks");
        return new SessionRow(
                key(row),
                row.getString("device_id"),
                row.getString("profile_id"),
                DuckDbEventWriter.texts(row, "groups"),
                DuckDbEventWriter.millis(row, "created_at"),
                DuckDbEventWriter.millis(row, "ended_at"),
                new Page(row.getString("entry_origin"), row.getString("entry_path")),
                new Page(row.getString("exit_origin"), row.getString("exit_path")),
                new Counts(row.getInt("screen_view_count"), row.getInt("event_count"), (long) row.getDouble("revenue")),
                opening(row),
                row.getObject("touched_at", LocalDateTime.class) == null
                        ? null
                        : (Long) DuckDbEventWriter.millis(row, "touched_at"),
                marks == null ? "" : marks,
                row.getLong("version"));
    }

    private static Opening opening(ResultSet row) throws SQLException {
        var place = new Surroundings.Place(
                row.getString("country"),
                row.getString("region"),
                row.getString("city"),
                (Float) row.getObject("longitude"),
                (Float) row.getObject("latitude"));
        var agent = new Surroundings.Agent(
                row.getString("os"),
                row.getString("os_version"),
                row.getString("browser"),
                row.getString("browser_version"),
                row.getString("device"),
                row.getString("brand"),
                row.getString("model"));
        return new Opening(
                new Surroundings(place, agent),
                new Campaign(
                        row.getString("utm_medium"),
                        row.getString("utm_source"),
                        row.getString("utm_campaign"),
                        row.getString("utm_content"),
                        row.getString("utm_term")),
                new Source(row.getString("referrer"), row.getString("referrer_name"), row.getString("referrer_type")));
    }
}
