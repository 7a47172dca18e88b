package org.openpanelmcp.transfer.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.openpanelmcp.store.duckdb.RowAppender;
import org.openpanelmcp.transfer.demo.Scenario.About;
import org.openpanelmcp.transfer.demo.Visit.Happening;

/**
 * Writes events. An appender's cost is its columns: a third of them, joined with the session afterwards, takes half the
 * time.
 */
final class EventRows implements AutoCloseable {
    /** Longer than any visit: sessions that began earlier have no event here. */
    private static final long LONGEST_VISIT = Timeline.HOUR;

    private static final String OWN_COLUMNS = """
            create or replace temp table demo_events (
                place bigint, id uuid, name varchar, session_id varchar, identified boolean, path varchar, revenue ubigint,
                duration ubigint, properties map(varchar, varchar), created_at timestamp)""";

    private static final String COMPLETE = """
            insert into events by name
            select e.id, e.name, ? as sdk_name, ? as sdk_version, s.device_id,
                case when e.identified then s.profile_id else s.device_id end as profile_id, s.project_id, e.session_id,
                case when e.identified then s.groups else [] end as groups,
                e.path, s.entry_origin as origin, s.referrer, s.referrer_name, s.referrer_type, e.revenue, e.duration,
                e.properties, e.created_at, s.country, s.city, s.region, s.longitude, s.latitude, s.os, s.os_version,
                s.browser, s.browser_version, s.device, s.brand, s.model
            from demo_events e join sessions s on s.id = e.session_id
            where s.project_id = ? and s.created_at >= ?
            order by e.created_at, e.place""";

    private final Connection connection;
    private final About about;
    private final RandomGenerator random;
    private final RowAppender rows;
    private long earliest;

    EventRows(Connection connection, About about, RandomGenerator random) throws SQLException {
        this.connection = connection;
        this.about = about;
        this.random = random;
        try (var statement = connection.createStatement()) {
            statement.execute(OWN_COLUMNS);
        }
        this.rows = RowAppender.to(connection, "demo_events");
    }

    /** One event row still to be written, so that rows can be put in the order of time first. */
    record Row(
            long at,
            String name,
            Visit visit,
            boolean identified,
            String path,
            long revenue,
            long duration,
            Map<String, String> properties) {}

    /** All events of a visit, with the two that frame it. */
    static List<Row> of(Visit visit) {
        var rows = new ArrayList<Row>();
        var first = visit.happenings().getFirst();
        var last = visit.happenings().getLast();
        rows.add(row(visit, first, "session_start", visit.start() - 100));
        for (var happening : visit.happenings()) {
            rows.add(row(visit, happening, happening.name(), happening.at()));
        }
        rows.add(new Row(
                visit.end() + 1000,
                "session_end",
                visit,
                last.identified(),
                last.path(),
                0,
                visit.end() - visit.start(),
                Map.of("__bounce", Boolean.toString(visit.isBounce()))));
        return rows;
    }

    private static Row row(Visit visit, Happening happening, String name, long at) {
        // The event that opens a session copies the one that caused it, but its revenue must count once.
        var revenue = name.equals("session_start") ? 0 : happening.revenue();
        return new Row(at, name, visit, happening.identified(), happening.path(), revenue, 0, happening.properties());
    }

    long written() {
        return rows.rows();
    }

    /** What an event has of its own; the rest follows from its session. Rows come in the order of time. */
    void write(Row row) throws SQLException {
        if (rows.rows() == 0) {
            earliest = row.at();
        }
        rows.beginRow()
                .big(rows.rows())
                .id(randomId())
                .text(row.name())
                .text(row.visit().sessionId())
                .flag(row.identified())
                .text(row.path())
                .big(row.revenue())
                .big(row.duration())
                .texts(inOrder(row.properties()))
                .time(row.at())
                .endRow();
    }

    /** Makes the events whole; their sessions must be visible to queries. */
    void complete() throws SQLException {
        rows.close();
        try (var statement = connection.prepareStatement(COMPLETE)) {
            statement.setString(1, about.sdkName());
            statement.setString(2, about.sdkVersion());
            statement.setString(3, about.projectId());
            statement.setTimestamp(4, Timestamp.from(Instant.ofEpochMilli(earliest - LONGEST_VISIT)));
            statement.execute();
        }
        try (var statement = connection.createStatement()) {
            statement.execute("drop table demo_events");
        }
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }

    /** Unmodifiable maps of the JDK iterate differently in every process. */
    static Map<String, String> inOrder(Map<String, String> map) {
        return new TreeMap<>(map);
    }

    /** A version 4 UUID, from the demo's own chance. */
    private UUID randomId() {
        var high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        var low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
