package org.openpanelmcp.store.duckdb;

import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The event store could not do what was asked. The message is a sentence for the operator and holds neither SQL nor the
 * engine's own words; those are in the cause, for the log only.
 */
public final class DuckDbFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern HOLDER = Pattern.compile("\\(PID (\\d+)\\)");

    private final Kind kind;

    /** What went wrong, by who can do something about it. */
    public enum Kind {
        /** Another process has the database file open. */
        IN_USE,
        /** The file is damaged or is no database. */
        DAMAGED,
        /** The file was written by a newer version of this program or of the engine. */
        NEWER,
        /** The folder or the file cannot be read or written. */
        NO_ACCESS,
        /** The disk is full. */
        DISK_FULL,
        /** The statement was cancelled or ran out of its time. */
        INTERRUPTED,
        /** The statement needed more memory, or more space to spill, than the limits allow. */
        OUT_OF_MEMORY,
        /** The engine has given up on this database, which is being opened again. */
        INVALIDATED,
        /** A value, a file or a statement the engine did not accept. */
        REFUSED
    }

    DuckDbFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    private DuckDbFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Sorts what the driver threw. It gives no SQLState, so the message is all there is. */
    public static DuckDbFailure of(SQLException exception) {
        var kind = kindOf(exception);
        var sentence = sentence(kind, exception);
        return new DuckDbFailure(
                kind, sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1), exception);
    }

    /** Everything is refused until the engine that gave up is open again. */
    static DuckDbFailure reopening() {
        return new DuckDbFailure(
                Kind.INVALIDATED,
                "The event database stopped after a serious error and is being opened again. Try again in a few seconds.");
    }

    /** Whether it was the end of the engine, whatever the reason: all else is refused after it. */
    static boolean isFatal(SQLException exception) {
        var text = String.valueOf(exception.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("database has been invalidated") || text.startsWith("fatal");
    }

    /** The same, for the act of opening {@code database}. */
    static DuckDbFailure opening(String database, SQLException exception) {
        var kind = kindOf(exception);
        return new DuckDbFailure(kind, "Cannot open " + database + ": " + sentence(kind, exception), exception);
    }

    static Kind kindOf(SQLException exception) {
        var text = String.valueOf(exception.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("disk full") || text.contains("file too large")) {
            return Kind.DISK_FULL;
        }
        if (isFatal(exception)) {
            return Kind.INVALIDATED;
        }
        if (text.startsWith("interrupt") || text.contains("interrupted!")) {
            return Kind.INTERRUPTED;
        }
        if (text.startsWith("out of memory") || text.contains("max_temp_directory_size")) {
            return Kind.OUT_OF_MEMORY;
        }
        if (text.contains("conflicting lock") || text.contains("being used by another process")) {
            return Kind.IN_USE;
        }
        if (text.contains("database file with version number") || text.contains("newer version of duckdb")) {
            return Kind.NEWER;
        }
        if (text.contains("corrupt") || text.contains("not a valid duckdb database") || text.contains("checksum")) {
            return Kind.DAMAGED;
        }
        if (text.contains("permission denied")
                || text.contains("read-only file system")
                || text.contains("cannot open file")
                || text.contains("access is denied")) {
            return Kind.NO_ACCESS;
        }
        return Kind.REFUSED;
    }

    private static String sentence(Kind kind, SQLException exception) {
        return switch (kind) {
            case IN_USE ->
                "the event database is open in another process" + holder(exception)
                        + ". Stop that process, or let the running server do the work.";
            case DAMAGED ->
                "the event database is damaged, or is no database of this program. Restore a backup, or import the "
                        + "data again into a new folder.";
            case NEWER -> "the event database was written by a newer version. Use that version, or a newer one.";
            case NO_ACCESS -> "the event database cannot be read or written. Check the folder and its permissions.";
            case DISK_FULL -> "the disk is full. Free some space and try again; nothing half-done was kept.";
            case INTERRUPTED -> "the query was stopped before it ended.";
            case OUT_OF_MEMORY ->
                "the query needs more memory, or more disk space to spill, than the limits allow. Ask for a shorter "
                        + "period, or raise the limits.";
            case INVALIDATED -> "the event database stopped after a serious error and is being opened again.";
            case REFUSED -> "the event database did not accept the request.";
        };
    }

    private static String holder(SQLException exception) {
        var matcher = HOLDER.matcher(String.valueOf(exception.getMessage()));
        return matcher.find() ? " (process id " + matcher.group(1) + ")" : "";
    }
}
