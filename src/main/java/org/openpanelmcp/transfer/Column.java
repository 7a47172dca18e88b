package org.openpanelmcp.transfer;

import java.util.Locale;

/**
 * One column of a transfer table.
 *
 * @param required a row without a value is refused, and so is a file without the column
 * @param orElse SQL for the value of a row that has none; may name other columns of the table
 */
record Column(String name, Kind kind, boolean required, String orElse) {

    /** What a column holds, and so how text and foreign types are read into it. */
    enum Kind {
        TEXT("varchar"),
        COUNTRY("varchar"),
        UUID("uuid"),
        TEXT_LIST("varchar[]"),
        TEXT_MAP("map(varchar, varchar)"),
        BOOLEAN("boolean"),
        UNSIGNED_8("utinyint"),
        SIGNED_8("tinyint"),
        SIGNED_32("integer"),
        UNSIGNED_32("uinteger"),
        UNSIGNED_64("ubigint"),
        FLOAT("float"),
        DOUBLE("double"),
        TIME("timestamp"),
        DATE("date");

        private final String sqlType;

        Kind(String sqlType) {
            this.sqlType = sqlType;
        }

        /** How a JSON document is read before its values are cast: texts, except where it has a shape. */
        String jsonType() {
            return this == TEXT_LIST || this == TEXT_MAP ? sqlType.toUpperCase(Locale.ROOT) : "VARCHAR";
        }
    }

    static Column required(String name, Kind kind) {
        return new Column(name, kind, true, "null");
    }

    static Column text(String name) {
        return new Column(name, Kind.TEXT, false, "''");
    }

    static Column optional(String name, Kind kind, String orElse) {
        return new Column(name, kind, false, orElse);
    }

    /** SQL that reads {@code raw}, of the given type of the file, as this column's type; null where that fails. */
    String read(String raw, String fileType) {
        return switch (kind) {
            case TEXT, UUID -> text(raw, fileType);
            case COUNTRY -> "replace(" + text(raw, fileType) + ", chr(0), '')";
            case TIME -> "date_trunc('milliseconds', " + time(raw, fileType) + ")";
            case TEXT_LIST -> list(raw, fileType);
            case TEXT_MAP -> map(raw, fileType);
            case BOOLEAN, UNSIGNED_8, SIGNED_8, SIGNED_32, UNSIGNED_32, UNSIGNED_64, FLOAT, DOUBLE, DATE ->
                "try_cast(" + filled(raw, fileType) + " as " + kind.sqlType + ")";
        };
    }

    /** SQL that writes this column so that {@link #read} gives back the same value. */
    String write(TransferFormat format) {
        return switch (format) {
            case PARQUET -> name;
            case JSON_LINES, JSON_LINES_GZIP ->
                // JSON has no number that is none.
                kind == Kind.FLOAT || kind == Kind.DOUBLE
                        ? "case when isfinite(" + name + ") then to_json(" + name + ") else to_json(" + name
                                + "::varchar) end as " + name
                        : name;
            case CSV -> isNested() ? "to_json(" + name + ")::varchar as " + name : name;
        };
    }

    /** Whether a CSV file has to quote it, so that text is never taken for a missing value. */
    boolean isText() {
        return kind == Kind.TEXT || kind == Kind.COUNTRY || isNested();
    }

    private boolean isNested() {
        return kind == Kind.TEXT_LIST || kind == Kind.TEXT_MAP;
    }

    /** SQL for the column of a file that does not have it. */
    String nothing() {
        return "null::" + (kind == Kind.UUID ? "varchar" : kind.sqlType);
    }

    /** SQL that is true where the file has a value and {@link #read} could not make sense of it. */
    String unreadable(String raw, String fileType) {
        return kind == Kind.TEXT || kind == Kind.COUNTRY
                ? "false"
                : "(" + filled(raw, fileType) + " is not null and " + read(raw, fileType) + " is null)";
    }

    private static String text(String raw, String fileType) {
        return fileType.equals("BLOB") ? "decode(" + raw + ")" : raw + "::varchar";
    }

    private static String filled(String raw, String fileType) {
        return fileType.equals("VARCHAR") ? "nullif(trim(" + raw + "), '')" : raw;
    }

    private static String time(String raw, String fileType) {
        return switch (fileType) {
            // Text without an offset is UTC: the session's time zone is.
            case "VARCHAR" -> "try_cast(" + raw + " as timestamptz)::timestamp";
            // ClickHouse writes its DateTime as seconds.
            case "UINTEGER" -> "epoch_ms(" + raw + "::bigint * 1000)";
            case "BIGINT" -> "epoch_ms(" + raw + ")";
            default -> "try_cast(" + raw + " as timestamp)";
        };
    }

    private static String list(String raw, String fileType) {
        return fileType.equals("VARCHAR")
                ? "case when json_valid(" + raw + ") then try_cast(" + raw + "::json as varchar[]) else try_cast(" + raw
                        + " as varchar[]) end"
                : "try_cast(" + raw + " as varchar[])";
    }

    private static String map(String raw, String fileType) {
        return fileType.equals("VARCHAR")
                ? "case when json_valid(" + raw + ") then try_cast(" + raw
                        + "::json as map(varchar, varchar)) else try_cast(" + raw + " as map(varchar, varchar)) end"
                : "try_cast(" + raw + " as map(varchar, varchar))";
    }
}
