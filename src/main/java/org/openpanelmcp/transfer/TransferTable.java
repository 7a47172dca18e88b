package org.openpanelmcp.transfer;

import static org.openpanelmcp.transfer.Column.optional;
import static org.openpanelmcp.transfer.Column.required;
import static org.openpanelmcp.transfer.Column.text;

import java.util.List;
import java.util.stream.Stream;
import org.openpanelmcp.transfer.Column.Kind;

/** A table of a transfer folder: the same name and columns as in the store, in the store's order. */
@SuppressWarnings("ImmutableEnumChecker") // The lists come from List.of and never change.
enum TransferTable {
    EVENTS(
            "events",
            List.of("project_id", "id"),
            "",
            Newer.IS_IGNORED,
            List.of(
                    optional("id", Kind.UUID, "null"),
                    required("name", Kind.TEXT),
                    text("sdk_name"),
                    text("sdk_version"),
                    text("device_id"),
                    optional("profile_id", Kind.TEXT, "''"),
                    required("project_id", Kind.TEXT),
                    text("session_id"),
                    optional("groups", Kind.TEXT_LIST, "[]"),
                    text("path"),
                    text("origin"),
                    text("referrer"),
                    text("referrer_name"),
                    text("referrer_type"),
                    optional("revenue", Kind.UNSIGNED_64, "0"),
                    optional("duration", Kind.UNSIGNED_64, "0"),
                    optional("properties", Kind.TEXT_MAP, "map {}"),
                    required("created_at", Kind.TIME),
                    optional("country", Kind.COUNTRY, "''"),
                    text("city"),
                    text("region"),
                    optional("longitude", Kind.FLOAT, "null"),
                    optional("latitude", Kind.FLOAT, "null"),
                    text("os"),
                    text("os_version"),
                    text("browser"),
                    text("browser_version"),
                    text("device"),
                    text("brand"),
                    text("model"),
                    optional("imported_at", Kind.TIME, "null"))),
    SESSIONS(
            "sessions",
            List.of("project_id", "id"),
            "version",
            Newer.REPLACES,
            List.of(
                    required("id", Kind.TEXT),
                    required("project_id", Kind.TEXT),
                    text("profile_id"),
                    text("device_id"),
                    optional("groups", Kind.TEXT_LIST, "[]"),
                    required("created_at", Kind.TIME),
                    optional("ended_at", Kind.TIME, "created_at"),
                    optional("is_bounce", Kind.BOOLEAN, "coalesce(screen_view_count, 0) <= 1"),
                    text("entry_origin"),
                    text("entry_path"),
                    text("exit_origin"),
                    text("exit_path"),
                    optional("screen_view_count", Kind.SIGNED_32, "0"),
                    optional("revenue", Kind.DOUBLE, "0"),
                    optional("event_count", Kind.SIGNED_32, "0"),
                    optional(
                            "duration",
                            Kind.UNSIGNED_32,
                            "coalesce(try_cast(epoch_ms(ended_at) - epoch_ms(created_at) as uinteger), 0)"),
                    optional("country", Kind.COUNTRY, "''"),
                    text("region"),
                    text("city"),
                    optional("longitude", Kind.FLOAT, "null"),
                    optional("latitude", Kind.FLOAT, "null"),
                    text("device"),
                    text("brand"),
                    text("model"),
                    text("browser"),
                    text("browser_version"),
                    text("os"),
                    text("os_version"),
                    text("utm_medium"),
                    text("utm_source"),
                    text("utm_campaign"),
                    text("utm_content"),
                    text("utm_term"),
                    text("referrer"),
                    text("referrer_name"),
                    text("referrer_type"),
                    optional("sign", Kind.SIGNED_8, "1"),
                    optional("version", Kind.UNSIGNED_64, "1"))),
    PROFILES(
            "profiles",
            List.of("project_id", "id"),
            "last_seen_at",
            Newer.IS_ADDED,
            List.of(
                    required("id", Kind.TEXT),
                    optional("is_external", Kind.BOOLEAN, "false"),
                    text("first_name"),
                    text("last_name"),
                    text("email"),
                    text("avatar"),
                    optional("properties", Kind.TEXT_MAP, "map {}"),
                    required("project_id", Kind.TEXT),
                    optional("groups", Kind.TEXT_LIST, "[]"),
                    required("created_at", Kind.TIME),
                    optional("last_seen_at", Kind.TIME, "created_at"))),
    GROUPS(
            "groups",
            List.of("project_id", "id"),
            "version",
            Newer.IS_ADDED,
            List.of(
                    required("id", Kind.TEXT),
                    required("project_id", Kind.TEXT),
                    text("type"),
                    text("name"),
                    optional("properties", Kind.TEXT_MAP, "map {}"),
                    required("created_at", Kind.TIME),
                    optional("version", Kind.UNSIGNED_64, "greatest(0, epoch_ms(created_at))::ubigint"),
                    optional("deleted", Kind.UNSIGNED_8, "0"))),
    GSC_DAILY("gsc_daily", List.of("project_id", "date"), "synced_at", Newer.REPLACES, searchConsole(List.of())),
    GSC_PAGES_DAILY(
            "gsc_pages_daily",
            List.of("project_id", "date", "page"),
            "synced_at",
            Newer.REPLACES,
            searchConsole(List.of(required("page", Kind.TEXT)))),
    GSC_QUERIES_DAILY(
            "gsc_queries_daily",
            List.of("project_id", "date", "query"),
            "synced_at",
            Newer.REPLACES,
            searchConsole(List.of(required("query", Kind.TEXT))));

    private final String tableName;
    private final List<String> keys;
    private final String version;
    private final Newer newer;
    private final List<Column> columns;

    /** What becomes of a row whose key is stored already, when the row's version is higher than the stored one. */
    enum Newer {
        IS_IGNORED,
        IS_ADDED,
        REPLACES
    }

    TransferTable(String tableName, List<String> keys, String version, Newer newer, List<Column> columns) {
        this.tableName = tableName;
        this.keys = keys;
        this.version = version;
        this.newer = newer;
        this.columns = columns;
    }

    String tableName() {
        return tableName;
    }

    /** What the table's file is called. */
    String fileName(TransferFormat format) {
        return tableName + "." + format.ending();
    }

    /** The columns that tell two rows apart. */
    List<String> keys() {
        return keys;
    }

    /** The column that orders rows with the same key; empty when the first one stays for good. */
    String version() {
        return version;
    }

    Newer newer() {
        return newer;
    }

    /** Whether an import makes the rows from the events when the folder has no file of them, so that none says none. */
    boolean isDerivedWhenMissing() {
        return this == SESSIONS || this == PROFILES;
    }

    List<Column> columns() {
        return columns;
    }

    /** The column to insert in the order of, so that the store can skip blocks by project and time. */
    String time() {
        return columns.stream().anyMatch(column -> column.name().equals("date")) ? "date" : "created_at";
    }

    private static List<Column> searchConsole(List<Column> dimension) {
        return Stream.of(
                        List.of(required("project_id", Kind.TEXT), required("date", Kind.DATE)),
                        dimension,
                        List.of(
                                optional("clicks", Kind.UNSIGNED_32, "0"),
                                optional("impressions", Kind.UNSIGNED_32, "0"),
                                optional("ctr", Kind.FLOAT, "0"),
                                optional("position", Kind.FLOAT, "0"),
                                optional("synced_at", Kind.TIME, "date::timestamp")))
                .flatMap(List::stream)
                .toList();
    }
}
