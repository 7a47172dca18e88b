package org.openpanelmcp.transfer.foreign;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A file of Plausible's export: figures per day and per combination of labels. */
@SuppressWarnings("ImmutableEnumChecker") // The lists come from List.of and never change.
enum PlausibleTable {
    VISITORS("visitors", "visits"),
    SOURCES(
            "sources",
            "visits",
            "source",
            "referrer",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_content",
            "utm_term"),
    LOCATIONS("locations", "visits", "country", "region", "city"),
    DEVICES("devices", "visits", "device"),
    BROWSERS("browsers", "visits", "browser", "browser_version"),
    OPERATING_SYSTEMS("operating_systems", "visits", "operating_system", "operating_system_version"),
    PAGES("pages", "visits", "hostname", "page"),
    ENTRY_PAGES("entry_pages", "entrances", "entry_page"),
    EXIT_PAGES("exit_pages", "exits", "exit_page"),
    CUSTOM_EVENTS("custom_events", "events", "name", "link_url", "path");

    /** The tables whose labels a visit has as a whole. */
    static final List<PlausibleTable> OF_VISITS = List.of(SOURCES, LOCATIONS, DEVICES, BROWSERS, OPERATING_SYSTEMS);

    private static final String PREFIX = "imported_";

    private final String tableName;
    private final String visits;
    private final List<String> labels;

    PlausibleTable(String tableName, String visits, String... labels) {
        this.tableName = tableName;
        this.visits = visits;
        this.labels = List.of(labels);
    }

    /** The table a file holds, by its name: {@code imported_pages_20230209_20240123.csv}. */
    static Optional<PlausibleTable> of(String file) {
        var name = file.toLowerCase(Locale.ROOT);
        for (var table : values()) {
            var start = PREFIX + table.tableName;
            if (name.matches("(.*[^a-z_])?" + start + "([_ (-]*\\d.*)?\\.csv(\\.gz)?")) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    /** Without the prefix. */
    String tableName() {
        return tableName;
    }

    /** The column that counts visits, or what stands for them. */
    String visits() {
        return visits;
    }

    List<String> labels() {
        return labels;
    }
}
