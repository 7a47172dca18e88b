package org.openpanelmcp.metadata.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.openpanelmcp.config.PrivateFile;
import org.openpanelmcp.metadata.MetadataFailure;
import org.openpanelmcp.text.Reason;
import org.sqlite.SQLiteConfig;

/** Copies a SQLite file that this or another process may have open, as it is at one moment. */
public final class SqliteCopy {
    private static final int BUSY_TIMEOUT_MILLISECONDS = 10_000;

    private SqliteCopy() {}

    /**
     * Writes the copy (mode 0600), without what the file has deleted.
     *
     * @param target a file that does not exist
     * @throws MetadataFailure when the source cannot be read, or the target not be written
     */
    public static void write(Path source, Path target) {
        var configuration = new SQLiteConfig();
        configuration.setBusyTimeout(BUSY_TIMEOUT_MILLISECONDS);
        try {
            PrivateFile.create(target);
            try (var connection = configuration.createConnection(
                            "jdbc:sqlite:" + source.toAbsolutePath().toUri());
                    var statement = connection.prepareStatement("vacuum into ?")) {
                statement.setString(1, target.toAbsolutePath().toString());
                statement.execute();
            }
        } catch (SQLException e) {
            throw failure(source, target, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw failure(source, target, Reason.of(e), e);
        }
    }

    private static MetadataFailure failure(Path source, Path target, String reason, Exception cause) {
        return new MetadataFailure("Cannot copy %s to %s: %s.".formatted(source, target, reason), cause);
    }
}
