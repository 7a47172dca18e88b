package org.openpanelmcp.transfer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.openpanelmcp.store.duckdb.RowAppender;

/** Random rows of every table, with texts and numbers that some format or reader might take for something else. */
final class HostileRows {
    static final List<String> PROJECTS = List.of("shop", "blog", "app");

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            " a ",
            "\t",
            "\n",
            "\r\n",
            "\r",
            "two\nlines",
            "quo\"te",
            "\"",
            "\"\"",
            "'",
            ",",
            "a,b",
            "\\",
            "\\N",
            "\\\\N",
            "null",
            "NULL",
            "NaN",
            "{}",
            "[]",
            "{\"a\": [1, null]}",
            "{a=b}",
            "[a, b]",
            "\u0000",
            "a\u0000b",
            "\u0001",
            "\u007f",
            "\ufeffmark",
            "\u2028",
            "\u202e",
            "å",
            "e\u0301",
            "😀👩‍👩‍👧",
            "0123",
            "1e5",
            "1,5",
            "-",
            "=1+1",
            "#",
            "--",
            "?",
            "$1",
            "%",
            "x".repeat(5000));
    private static final float[] COORDINATES = {
        0, -0.0f, 0.1f, -179.5f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE
    };
    private static final double[] AMOUNTS = {
        0, -0.0, 0.1, 1e300, 123456789.125, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE
    };
    private static final long START = 1_700_000_000_000L;

    private final Random random;

    HostileRows(long seed) {
        this.random = new Random(seed);
    }

    void write(Installation installation, int rows) {
        installation.events.write(connection -> {
            events(connection, rows);
            sessions(connection, rows);
            profiles(connection, rows);
            groups(connection, rows);
            searchConsole(connection, "gsc_daily", "");
            searchConsole(connection, "gsc_pages_daily", "page");
            searchConsole(connection, "gsc_queries_daily", "query");
            return rows;
        });
    }

    private void events(Connection connection, int rows) throws SQLException {
        try (var row = RowAppender.to(connection, "events")) {
            for (int i = 0; i < rows; i++) {
                row.beginRow()
                        .id(new UUID(random.nextLong(), random.nextLong()))
                        .text(name());
                texts(row, 2);
                var device = text();
                row.text(device).text(device.isEmpty() ? text() : name()).text(project());
                row.text(text()).texts(list());
                texts(row, 5);
                row.big(random.nextInt(1_000_000))
                        .big(random.nextInt(1_000_000))
                        .texts(map());
                row.time(time()).text("SE");
                texts(row, 2);
                coordinate(row);
                coordinate(row);
                texts(row, 7);
                if (random.nextBoolean()) {
                    row.time(time());
                } else {
                    row.nothing();
                }
                row.endRow();
            }
        }
    }

    private void sessions(Connection connection, int rows) throws SQLException {
        try (var row = RowAppender.to(connection, "sessions")) {
            for (int i = 0; i < rows; i++) {
                row.beginRow().text(i + name()).text(project());
                texts(row, 2);
                row.texts(list()).time(time()).time(time()).flag(random.nextBoolean());
                texts(row, 4);
                row.integer(random.nextInt());
                row.real(AMOUNTS[random.nextInt(AMOUNTS.length)]).integer(random.nextInt());
                row.integer(random.nextInt(Integer.MAX_VALUE)).text("NO");
                texts(row, 2);
                coordinate(row);
                coordinate(row);
                texts(row, 15);
                row.tiny(1).big(random.nextLong(Long.MAX_VALUE));
                // The two columns that stay out of exports.
                row.nothing().text("").endRow();
            }
        }
    }

    private void profiles(Connection connection, int rows) throws SQLException {
        try (var row = RowAppender.to(connection, "profiles")) {
            for (int i = 0; i < rows; i++) {
                row.beginRow().text(i + name()).flag(random.nextBoolean());
                texts(row, 4);
                row.texts(map()).text(project()).texts(list());
                row.time(time()).time(time()).endRow();
            }
        }
    }

    private void groups(Connection connection, int rows) throws SQLException {
        try (var row = RowAppender.to(connection, "groups")) {
            for (int i = 0; i < rows; i++) {
                row.beginRow().text(i + name()).text(project());
                texts(row, 2);
                row.texts(map()).time(time()).big(random.nextLong(Long.MAX_VALUE));
                row.tiny(random.nextInt(2)).endRow();
            }
        }
    }

    private void searchConsole(Connection connection, String table, String dimension) throws SQLException {
        var sql = "insert into " + table + " by name select ? as project_id, date '2026-01-01' + (?::integer) as date"
                + (dimension.isEmpty() ? "" : ", ? as " + dimension)
                + ", 4294967295 as clicks, 0.1::float as ctr, 'nan'::float as position, now()::timestamp_ms as synced_at";
        try (var statement = connection.prepareStatement(sql)) {
            for (int day = 0; day < 3; day++) {
                for (var text : dimension.isEmpty() ? List.of("only") : TEXTS.subList(1, TEXTS.size())) {
                    statement.setString(1, "shop");
                    statement.setInt(2, day);
                    if (!dimension.isEmpty()) {
                        statement.setString(3, text);
                    }
                    statement.execute();
                }
            }
        }
    }

    private void texts(RowAppender row, int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            row.text(text());
        }
    }

    private void coordinate(RowAppender row) throws SQLException {
        if (random.nextInt(3) == 0) {
            row.nothing();
        } else {
            row.coordinate(COORDINATES[random.nextInt(COORDINATES.length)]);
        }
    }

    private String project() {
        return PROJECTS.get(random.nextInt(PROJECTS.size()));
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    /** A text that is not empty. */
    private String name() {
        return TEXTS.get(1 + random.nextInt(TEXTS.size() - 1));
    }

    private long time() {
        return START + random.nextLong(90L * 24 * 3_600_000);
    }

    private List<String> list() {
        var list = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(text());
        }
        return list;
    }

    private Map<String, String> map() {
        var map = new LinkedHashMap<String, String>();
        for (int i = random.nextInt(5); i > 0; i--) {
            map.put(text(), text());
        }
        return map;
    }
}
