package org.openpanelmcp.transfer.foreign;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.openpanelmcp.store.duckdb.DuckDbFailure;
import org.openpanelmcp.store.duckdb.RowAppender;
import org.openpanelmcp.transfer.foreign.CsvTable.Line;

/** The tables that Umami keeps beside {@code website_event}: data of events, and what is known of a session. */
final class UmamiExtras implements AutoCloseable {
    private static final String NUMBER = "2";
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?");

    private static final String ADD_DATA = """
            update events set properties = map_concat(properties, d.data)
            from (
                select event_id, map_from_entries(list((data_key, data_value) order by data_key)) as data
                from (select event_id, data_key, max(data_value) as data_value from umami_data group by all)
                group by event_id) as d
            where d.event_id = events.id""";

    private static final String ADD_SESSIONS = """
            update events set browser = s.browser, os = s.os, os_version = s.os_version, device = s.device,
                country = s.country, region = s.region, city = s.city,
                profile_id = case when s.person <> '' then s.person else profile_id end
            from (select * from umami_sessions qualify row_number() over (partition by session_id) = 1) as s
            where s.session_id = events.device_id and events.browser = '' and events.os = '' and events.country = ''""";

    private final Scratch scratch;
    private boolean hasData;
    private boolean hasSessions;

    UmamiExtras(Scratch scratch) {
        this.scratch = scratch;
        scratch.execute("create temp table umami_data (event_id uuid, data_key varchar, data_value varchar)");
        scratch.execute(
                "create temp table umami_sessions (session_id varchar, browser varchar, os varchar,"
                        + " os_version varchar, device varchar, country varchar, region varchar, city varchar, person varchar)");
    }

    /** @return false when the table is another one */
    boolean take(CsvTable table, Conversion conversion) throws IOException {
        try {
            if (table.has("event_id") && (table.has("data_key") || table.has("event_key"))) {
                hasData = true;
                try (var row = RowAppender.to(scratch.connection(), "umami_data")) {
                    table.rows(conversion.refusals, line -> addData(row, line));
                }
                return true;
            }
            if (table.has("session_id", "browser") && !table.has("url_path") && !table.has("url")) {
                hasSessions = true;
                try (var row = RowAppender.to(scratch.connection(), "umami_sessions")) {
                    table.rows(conversion.refusals, line -> addSession(row, line));
                }
                return true;
            }
            return false;
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        }
    }

    /** After the events are settled. */
    void apply() {
        if (hasData) {
            scratch.execute(ADD_DATA);
        }
        if (hasSessions) {
            scratch.execute(ADD_SESSIONS);
        }
    }

    private static void addData(RowAppender row, Line line) {
        var key = line.get("data_key", "event_key");
        var value = value(line);
        if (key.isEmpty() || value.isEmpty()) {
            return;
        }
        try {
            row.beginRow()
                    .id(NameUuid.orOf(line.get("event_id"), "umami"))
                    .text(key)
                    .text(value)
                    .endRow();
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        }
    }

    private static String value(Line line) {
        var text = line.get("string_value");
        var number = line.get("number_value");
        if (!line.get("data_type").equals(NUMBER)) {
            return !text.isEmpty() ? text : !number.isEmpty() ? number : line.get("date_value");
        }
        var digits = number.isEmpty() ? text : number;
        return DECIMAL.matcher(digits).matches()
                ? new BigDecimal(digits).stripTrailingZeros().toPlainString()
                : digits;
    }

    private static void addSession(RowAppender row, Line line) {
        var equipment = UmamiNames.equipment(line.get("browser"), line.get("os"), line.get("device"));
        var place = UmamiNames.place(line.get("country"), line.get("region", "subdivision1"), line.get("city"));
        try {
            row.beginRow()
                    .text(line.get("session_id"))
                    .text(equipment.browser())
                    .text(equipment.os())
                    .text(equipment.osVersion())
                    .text(equipment.device())
                    .text(place.country())
                    .text(place.region())
                    .text(place.city())
                    .text(line.get("distinct_id"))
                    .endRow();
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        }
    }

    @Override
    public void close() {
        scratch.execute("drop table umami_data");
        scratch.execute("drop table umami_sessions");
    }
}
