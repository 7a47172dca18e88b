package org.openpanelmcp.store.duckdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.text.Reason;
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

    /** How long queries that are under way may take when the file is to be replaced; meanwhile new ones wait, too. */
    private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

    private static final long BETWEEN_LOOKS = 10;

    private final Path file;
    private final DuckDbOptions options;
    private final List<Runnable> releases = new CopyOnWriteArrayList<>();
    private final List<DuckDBConnection> lent = new ArrayList<>();
    /** Null while it is neither open nor can be opened. */
    private @Nullable DuckDBConnection root;

    private volatile boolean failed;
    private long nextAttempt = System.nanoTime();
    private boolean closed;
    private boolean replacing;

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
        while (replacing) {
            await(BETWEEN_LOOKS);
        }
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

    /**
     * Puts another file in the place of this one and opens it, once nobody has a connection; whoever wants one waits.
     *
     * @param other takes the place by a rename: after a crash there is the one or the other
     * @return whether it was done; not while the engine has given up, nor when connections are in use for too long
     */
    synchronized boolean replaceBy(Path other) {
        replacing = true;
        try {
            if (failed || closed || !awaitUnused()) {
                return false;
            }
            // Should opening fail, it is tried again at the next demand.
            failed = true;
            closeRoot();
            try {
                move(other);
            } finally {
                root = connect(file, options);
                failed = false;
            }
            return true;
        } catch (IOException exception) {
            throw new DuckDbFailure(
                    DuckDbFailure.Kind.NO_ACCESS,
                    "The compacted event database cannot be put in its place, and the old one stays: "
                            + Reason.of(exception) + ".");
        } finally {
            replacing = false;
            notifyAll();
        }
    }

    private boolean awaitUnused() {
        long deadline = System.nanoTime() + PATIENCE;
        while (true) {
            releases.forEach(Runnable::run);
            lent.removeIf(Instance::isClosed);
            if (lent.isEmpty()) {
                return true;
            }
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            await(BETWEEN_LOOKS);
        }
    }

    /** For loops that look again whether what they wait for has come. */
    @SuppressWarnings("WaitNotInLoop")
    private void await(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw DuckDbFailure.reopening();
        }
    }

    /** The log of the old file must never lie beside the new one. */
    private void move(Path other) throws IOException {
        if (Files.exists(file.resolveSibling(file.getFileName() + ".wal"))) {
            throw new IOException("its log was not settled");
        }
        sync(other);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder"));
    }

    private static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
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
