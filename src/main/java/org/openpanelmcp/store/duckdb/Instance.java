package org.openpanelmcp.store.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine with the file open. After a fatal error, such as a disk that is full while the log is written into the file,
 * the engine refuses everything until the file is opened anew: that is done at the next demand, as soon as the last
 * connection to the old one is closed. Safe for several threads.
 */
final class Instance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

    private static final String CHECKPOINT_AFTER = "64MiB";

    /** Opening replays the log, which is not to be tried for every query while the disk stays full. */
    private static final long BETWEEN_ATTEMPTS = Duration.ofSeconds(1).toNanos();

    private final Path file;
    private final DuckDbOptions options;
    private final List<Runnable> releases = new CopyOnWriteArrayList<>();
    private final List<DuckDBConnection> lent = new ArrayList<>();
    /** Null while it is neither open nor can be opened. */
    private @Nullable DuckDBConnection root;

    private volatile boolean failed;
    private long nextAttempt = System.nanoTime();
    private boolean closed;

    private Instance(Path file, DuckDbOptions options, DuckDBConnection root) {
        this.file = file;
        this.options = options;
        this.root = root;
    }

    static Instance open(Path file, DuckDbOptions options) {
        return new Instance(file, options, connect(file, options));
    }

    private static DuckDBConnection connect(Path file, DuckDbOptions options) {
        try {
            var connection = DriverManager.getConnection("jdbc:duckdb:" + file.toAbsolutePath(), properties(options));
            var root = connection.unwrap(DuckDBConnection.class);
            try {
                configure(root, options);
                Migrations.ofThisVersion().apply(root);
                return root;
            } catch (SQLException | RuntimeException exception) {
                root.close();
                throw exception;
            }
        } catch (SQLException exception) {
            throw DuckDbFailure.opening(file.toString(), exception);
        }
    }

    /** @param release closes the connections that somebody keeps for later, before the file is opened anew */
    void beforeReopening(Runnable release) {
        releases.add(release);
    }

    /** What went wrong; when that was the end of the engine, it is started anew at the next demand. */
    DuckDbFailure failure(SQLException exception) {
        if (DuckDbFailure.isFatal(exception)) {
            failed = true;
        }
        return DuckDbFailure.of(exception);
    }

    /** Whether the engine has given up, and is not open anew yet. */
    boolean hasFailed() {
        return failed;
    }

    /**
     * A connection, which the caller closes.
     *
     * @param reopened what is to be done when the file had to be opened anew
     */
    synchronized DuckDBConnection connection(Runnable reopened) {
        if (failed) {
            reopen();
            reopened.run();
        }
        var open = root;
        if (open == null) {
            throw DuckDbFailure.reopening();
        }
        try {
            var connection = open.duplicate();
            lent.removeIf(Instance::isClosed);
            lent.add(connection);
            return connection;
        } catch (SQLException exception) {
            throw failure(exception);
        }
    }

    private void reopen() {
        releases.forEach(Runnable::run);
        lent.removeIf(Instance::isClosed);
        if (closed || !lent.isEmpty() || System.nanoTime() - nextAttempt < 0) {
            throw DuckDbFailure.reopening();
        }
        nextAttempt = System.nanoTime() + BETWEEN_ATTEMPTS;
        closeRoot();
        root = connect(file, options);
        failed = false;
        LOG.warn("The event database had stopped after a serious error and is open again");
    }

    private static boolean isClosed(DuckDBConnection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException unknown) {
            throw DuckDbFailure.of(unknown);
        }
    }

    private void closeRoot() {
        var open = root;
        root = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeRoot();
    }

    private static Properties properties(DuckDbOptions options) {
        var properties = new Properties();
        properties.setProperty("memory_limit", options.memoryBytes() / 1024 + "KiB");
        properties.setProperty("max_temp_directory_size", options.spillBytes() / 1024 + "KiB");
        // Each checkpoint writes the last block of rows of every table anew, so that rare ones write far less in all.
        properties.setProperty("checkpoint_threshold", CHECKPOINT_AFTER);
        properties.setProperty("threads", Integer.toString(options.threads()));
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        return properties;
    }

    /** The order matters: each of the last two settings forbids to change what stands before it. */
    private static void configure(Connection connection, DuckDbOptions options) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set global TimeZone = 'UTC'");
        }
        if (!options.locked()) {
            return;
        }
        var folders = options.readableFolders().stream()
                .map(folder -> folder.toAbsolutePath().toString())
                .toArray();
        try (var statement = connection.prepareStatement("set allowed_directories = ?")) {
            statement.setObject(1, connection.createArrayOf("VARCHAR", folders));
            statement.execute();
        }
        try (var statement = connection.createStatement()) {
            statement.execute("set enable_external_access = false");
            statement.execute("set lock_configuration = true");
        }
    }
}
