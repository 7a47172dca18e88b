package org.openpanelmcp.transfer.foreign;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Figures by day of a zone, cut as the tools cut them: a visit belongs to the day in which it starts. */
final class DayTotals {
    private static final String OF_STORED = """
            create or replace temp table visits as
            select s.created_at, s.profile_id, s.screen_view_count as views, s.is_bounce as bounced, s.duration as lasted
            from sessions s semi join read_parquet(?) v on v.session_id = s.id
            where s.project_id = ?""";

    private static final String BY_DAY = """
            select d.day, count(distinct nullif(v.profile_id, '')), count(*), coalesce(sum(v.views), 0),
                count(*) filter (v.bounced), coalesce(sum(v.lasted), 0)
            from visits v asof join days d on v.created_at >= d.starts
            group by d.day""";

    private final Connection connection;
    private final ZoneId zone;

    DayTotals(Connection connection, ZoneId zone) {
        this.connection = connection;
        this.zone = zone;
    }

    /** Of the stored sessions that a file names. */
    SortedMap<LocalDate, Totals> stored(String projectId, Path sessionIds) throws SQLException {
        try (var statement = connection.prepareStatement(OF_STORED)) {
            statement.setString(1, sessionIds.toString());
            statement.setString(2, projectId);
            statement.execute();
        }
        return ofVisits(BY_DAY);
    }

    /**
     * Of the temporary table {@code visits}.
     *
     * @param byDay constant SQL that gives day, visitors, visits, page views, bounces, duration; it may join the table
     *     {@code days}
     */
    SortedMap<LocalDate, Totals> ofVisits(String byDay) throws SQLException {
        cutDays();
        var totals = new TreeMap<LocalDate, Totals>();
        try (var statement = connection.prepareStatement(byDay);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                totals.put(
                        LocalDate.ofEpochDay(rows.getLong(1)),
                        new Totals(
                                rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getLong(5), rows.getLong(6)));
            }
        }
        execute("drop table visits");
        execute("drop table days");
        return totals;
    }

    SortedMap<LocalDate, Totals> ofVisits() throws SQLException {
        return ofVisits(BY_DAY);
    }

    private void cutDays() throws SQLException {
        execute("create or replace temp table days (day bigint, starts timestamp)");
        var days = new ArrayList<Object>();
        var starts = new ArrayList<Object>();
        try (var statement = connection.prepareStatement(
                        "select epoch_ms(min(created_at)), epoch_ms(max(created_at)) from visits");
                var range = statement.executeQuery()) {
            range.next();
            long first = range.getLong(1);
            if (range.wasNull()) {
                return;
            }
            var last = dayOf(range.getLong(2));
            for (var day = dayOf(first); !day.isAfter(last); day = day.plusDays(1)) {
                days.add(day.toEpochDay());
                starts.add(day.atStartOfDay(zone).toInstant().toEpochMilli());
            }
        }
        try (PreparedStatement statement =
                connection.prepareStatement("insert into days select unnest(?), epoch_ms(unnest(?))")) {
            statement.setObject(1, connection.createArrayOf("BIGINT", days.toArray()));
            statement.setObject(2, connection.createArrayOf("BIGINT", starts.toArray()));
            statement.execute();
        }
    }

    private LocalDate dayOf(long epochMilliseconds) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(epochMilliseconds), zone);
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** As a list, the form in which the running server answers. */
    static List<Entry> entries(SortedMap<LocalDate, Totals> totals) {
        return totals.entrySet().stream()
                .map(entry -> new Entry(entry.getKey().toString(), entry.getValue()))
                .toList();
    }

    /** One day. */
    record Entry(String day, Totals totals) {}
}
