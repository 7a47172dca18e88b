package org.openpanelmcp.transfer.foreign;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openpanelmcp.store.duckdb.DuckDbFailure;
import org.openpanelmcp.store.duckdb.RowAppender;
import org.openpanelmcp.transfer.foreign.CsvTable.Line;
import org.openpanelmcp.transfer.foreign.PlausibleDay.Group;

/**
 * Plausible's export of figures per day. It holds no visits; for each day visits are invented that add up to its figures
 * (see {@code docs/migrate.md} for what is exact).
 */
final class PlausibleConverter implements Converter {
    private static final long MOST_VISITS = 2_000_000;
    private static final long MOST_VIEWS = 20_000_000;
    private static final Set<String> OWN_NAMES = Set.of("session_start", "session_end", "screen_view");

    private static final String ROWS = """
            create table plausible (day bigint, kind varchar, labels varchar[], visitors bigint, visits bigint,
                views bigint, bounces bigint, seconds bigint, place bigint)""";

    /** Where two files of one kind overlap, the first row counts. */
    private static final String SORTED = """
            create table plausible_sorted as
            select * exclude (place) from plausible
            qualify row_number() over (partition by kind, day, labels order by place) = 1
            order by day, kind, labels""";

    private static final String DAYS = "select day from plausible_sorted where kind = 'VISITORS' order by day";
    private static final String DAY = """
            select kind, labels, visitors, visits, views, bounces, seconds from plausible_sorted where day = ?
            order by kind, labels""";
    private static final String LOST_DAYS = """
            select count(distinct day) from plausible_sorted
            where day not in (select day from plausible_sorted where kind = 'VISITORS')""";

    private final Conversion conversion = new Conversion();
    private final Set<PlausibleTable> found = EnumSet.noneOf(PlausibleTable.class);
    private final List<WrongFile.Seen> others = new ArrayList<>();

    @Override
    public Conversion convert(ForeignRequest request, Packed packed, Scratch scratch) throws SQLException {
        scratch.execute(ROWS);
        try (var rows = RowAppender.to(scratch.connection(), "plausible")) {
            packed.each((name, content) -> read(name, content, rows, request));
        }
        if (!found.contains(PlausibleTable.VISITORS)) {
            throw WrongFile.of(
                    request,
                    others,
                    "Expected is the zip of \"Export to CSV\" in the site's settings, or its folder, with"
                            + " imported_visitors_….csv at least.");
        }
        scratch.execute(SORTED);
        var connection = scratch.connection();
        conversion.repeated = number(connection, "select count(*) from plausible")
                - number(connection, "select count(*) from plausible_sorted");
        var zone = request.timezone() == null ? request.projectZone() : request.timezone();
        var referrers = new ReferrerNames();
        for (var date : days(connection)) {
            var day = day(connection, date);
            conversion.old.put(date, day.totals());
            new DayWriter(day, zone, scratch, referrers).write().forEach(reason -> conversion.reason(date, reason));
        }
        scratch.settle();
        Visits.mark(scratch);
        note(connection, zone, request);
        return conversion;
    }

    private void read(String name, InputStream content, RowAppender rows, ForeignRequest request) throws IOException {
        var table = PlausibleTable.of(name);
        var csv = CsvTable.open(name, content);
        if (table.isEmpty() || !csv.has("date", table.get().visits()) || !csv.has(labels(table.get()))) {
            others.add(new WrongFile.Seen(name, csv.header()));
            return;
        }
        found.add(table.get());
        var newest = LocalDate.ofInstant(request.now(), ZoneId.of("UTC")).plusDays(1);
        csv.rows(conversion.refusals, line -> add(table.get(), line, rows, newest));
    }

    private static String[] labels(PlausibleTable table) {
        // Plausible may leave out columns that were added later; these have always been there.
        return switch (table) {
            case SOURCES -> new String[] {"source"};
            case LOCATIONS -> new String[] {"country"};
            case BROWSERS -> new String[] {"browser"};
            case OPERATING_SYSTEMS -> new String[] {"operating_system"};
            case PAGES -> new String[] {"page"};
            case CUSTOM_EVENTS -> new String[] {"name"};
            case VISITORS, DEVICES, ENTRY_PAGES, EXIT_PAGES -> table.labels().toArray(String[]::new);
        };
    }

    private void add(PlausibleTable table, Line line, RowAppender rows, LocalDate newest) {
        conversion.read++;
        try {
            var date = LocalDate.parse(line.get("date"));
            if (date.getYear() < 2000 || date.isAfter(newest)) {
                conversion.refusals.add(
                        line.file(), line.number(), "the date is not between the year 2000 and now", line.get("date"));
                return;
            }
            long visits = figure(line, table.visits());
            long views = figure(line, "pageviews");
            if (visits > MOST_VISITS || views > MOST_VIEWS) {
                conversion.refusals.add(
                        line.file(),
                        line.number(),
                        "more than " + MOST_VISITS + " visits or " + MOST_VIEWS + " page views on one day",
                        visits + " and " + views);
                return;
            }
            if (table == PlausibleTable.CUSTOM_EVENTS && OWN_NAMES.contains(line.get("name"))) {
                conversion.refusals.add(
                        line.file(),
                        line.number(),
                        "an event has a name that OpenPanel keeps for itself",
                        line.get("name"));
                return;
            }
            append(table, line, rows, date, visits, views);
        } catch (DateTimeException noDate) {
            conversion.refusals.add(
                    line.file(), line.number(), "the date is none; expected is 2023-02-09", line.get("date"));
        } catch (NumberFormatException noNumber) {
            conversion.refusals.add(
                    line.file(),
                    line.number(),
                    "a figure is no whole number from 0 to 1000000000",
                    String.valueOf(noNumber.getMessage()));
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        }
    }

    private void append(PlausibleTable table, Line line, RowAppender rows, LocalDate date, long visits, long views)
            throws SQLException {
        long visitors = figure(line, "visitors");
        long bounces = figure(line, "bounces");
        long seconds = figure(line, "visit_duration");
        rows.beginRow()
                .big(date.toEpochDay())
                .text(table.name())
                .texts(table.labels().stream().map(line::get).toList())
                .big(visitors)
                .big(visits)
                .big(views)
                .big(bounces)
                .big(seconds)
                .big(conversion.read)
                .endRow();
    }

    private static long figure(Line line, String column) {
        var text = line.get(column);
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("\\d{1,10}") || Long.parseLong(text) > 1_000_000_000L) {
            throw new NumberFormatException(column + " is " + text);
        }
        return Long.parseLong(text);
    }

    private static List<LocalDate> days(Connection connection) throws SQLException {
        var days = new ArrayList<LocalDate>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(DAYS)) {
            while (rows.next()) {
                days.add(LocalDate.ofEpochDay(rows.getLong(1)));
            }
        }
        return days;
    }

    private static PlausibleDay day(Connection connection, LocalDate date) throws SQLException {
        var groups = new EnumMap<PlausibleTable, List<Group>>(PlausibleTable.class);
        try (var statement = connection.prepareStatement(DAY)) {
            statement.setLong(1, date.toEpochDay());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    groups.computeIfAbsent(PlausibleTable.valueOf(rows.getString(1)), missing -> new ArrayList<>())
                            .add(group(rows));
                }
            }
        }
        var total = groups.getOrDefault(PlausibleTable.VISITORS, List.of()).getFirst();
        return new PlausibleDay(date, total, Map.copyOf(groups));
    }

    private static Group group(ResultSet rows) throws SQLException {
        var labels = Arrays.stream((Object[]) rows.getArray(2).getArray())
                .map(String::valueOf)
                .toList();
        return new Group(labels, rows.getLong(3), rows.getLong(4), rows.getLong(5), rows.getLong(6), rows.getLong(7));
    }

    private void note(Connection connection, ZoneId zone, ForeignRequest request) throws SQLException {
        conversion.notes.add(
                "Plausible exports figures per day, no visits. Visits were invented that add up to them; which"
                        + " country, browser, source and page go together is chance. docs/migrate.md says what is exact.");
        long lost = number(connection, LOST_DAYS);
        if (lost > 0) {
            conversion.notes.add(
                    lost + " days that are not in imported_visitors were left out, though other files name them.");
        }
        if (!zone.equals(request.projectZone())) {
            conversion.notes.add("The export's days are days of " + zone + ", the project's are days of "
                    + request.projectZone() + ": visits near midnight count on another day.");
        }
        var missing = EnumSet.complementOf(EnumSet.copyOf(found));
        if (!missing.isEmpty()) {
            conversion.notes.add("Not in the export, so unknown: "
                    + missing.stream().map(PlausibleTable::tableName).collect(Collectors.joining(", ")) + ".");
        }
        if (!others.isEmpty()) {
            conversion.notes.add("Files without a use here: "
                    + others.stream().map(WrongFile.Seen::name).collect(Collectors.joining(", ")) + ".");
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
