package org.openpanelmcp.store.duckdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.duckdb.DuckDBConnection;

/**
 * The open event database: one file, one process, any number of readers, one writer at a time.
 *
 * <p>Safe for use by several threads, which must be platform threads: a call into the engine pins a virtual thread for
 * as long as it lasts. What goes wrong is thrown as {@link DuckDbFailure}.
 */
public final class DuckDbDatabase implements AutoCloseable {
    private static final String FILE_NAME = "events.duckdb";

    /** How long a compaction waits for queries that are under way; meanwhile new ones wait, too. */
    private static final long PATIENCE_MILLIS = 2_000;

    private final Path file;
    private final DuckDbOptions options;
    private volatile DuckDBConnection root;
    /** Shared by whoever has a connection; alone for the one who puts another file in the place of this one. */
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

    private final List<Runnable> beforeReopening = new CopyOnWriteArrayList<>();
    private final ReentrantLock writer = new ReentrantLock();
    /** An attached file is known to all connections, by its name. */
    private final ReentrantLock copier = new ReentrantLock();

    private final AtomicLong version = new AtomicLong();

    private DuckDbDatabase(Path file, DuckDbOptions options, DuckDBConnection root) {
        this.file = file;
        this.options = options;
        this.root = root;
    }

    /** One unit of work on a connection of its own. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Where the event database of a data directory is. */
    public static Path fileIn(Path dataDirectory) {
        return dataDirectory.resolve(FILE_NAME);
    }

    /** Opens the event database of a data directory, creating what is missing and bringing its tables up to date. */
    public static DuckDbDatabase open(Path dataDirectory, DuckDbOptions options) {
        var file = fileIn(dataDirectory);
        createFolder(dataDirectory);
        return new DuckDbDatabase(file, options, openRoot(file, options));
    }

    private static DuckDBConnection openRoot(Path file, DuckDbOptions options) {
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

    /** A connection for one unit of work of the calling thread, which closes it; within {@link #using}. */
    public Connection connection() {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("the event database is used from platform threads only");
        }
        try {
            return root.duplicate();
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        }
    }

    /**
     * Keeps the database from being put into another file as long as the calling thread has a connection to it.
     *
     * @return to be closed by the same thread, after its connections
     */
    Use using() {
        use.readLock().lock();
        return use.readLock()::unlock;
    }

    /** Being in use. */
    @FunctionalInterface
    interface Use extends AutoCloseable {
        @Override
        void close();
    }

    /** Has connections closed that are kept open while nobody uses them; done each time before the file is replaced. */
    void beforeReopening(Runnable work) {
        beforeReopening.add(work);
    }

    /** Runs reading work; what it throws comes out as {@link DuckDbFailure}. */
    public <T> T read(Work<T> work) {
        try (var _ = using();
                var connection = connection()) {
            return work.run(connection);
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        }
    }

    /** Runs reading work in one transaction: all of it sees the rows of one moment, whatever is written meanwhile. */
    public <T> T snapshot(Work<T> work) {
        return read(connection -> {
            connection.setAutoCommit(false);
            try {
                begin(connection);
                return work.run(connection);
            } finally {
                connection.rollback();
            }
        });
    }

    /** The engine fixes what a transaction sees when that first touches the file, not when it is opened. */
    private static void begin(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select 1 from applied_migrations limit 1");
        }
    }

    /**
     * Writes all tables, as they are at one moment, into a new database file; others read and write meanwhile.
     *
     * @param file one that does not exist, in a folder that SQL may write to
     */
    public void copyTo(Path file) {
        copyTo(file, connection -> {});
    }

    /** What is done to the copy, which the connection knows as {@code copy_of_events}. */
    @FunctionalInterface
    private interface Finish {
        void run(Connection connection) throws SQLException;
    }

    private void copyTo(Path file, Finish finish) {
        copier.lock();
        try (var _ = using();
                var connection = connection();
                var statement = connection.createStatement()) {
            try (var attach = connection.prepareStatement("attach ? as copy_of_events")) {
                attach.setString(1, file.toAbsolutePath().toString());
                attach.execute();
            }
            try {
                statement.execute("copy from database events to copy_of_events");
                finish.run(connection);
                statement.execute("checkpoint copy_of_events");
            } finally {
                statement.execute("detach copy_of_events");
            }
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        } finally {
            copier.unlock();
        }
    }

    /**
     * Writes all rows into a new file and puts it in the place of the old one: what was deleted is in no file then.
     * Writing waits meanwhile, reading only for the moment at the end.
     *
     * @param work a file that does not exist, on the same disk, in a folder that SQL may write to
     * @return whether it was done; not when queries took too long to end, then to be tried again
     */
    public boolean compact(Path work) {
        writer.lock();
        try {
            var token = new SecureRandom().nextLong();
            copyTo(work, connection -> mark(connection, token));
            if (!use.writeLock().tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
            try {
                replaceWith(work);
                requireMark(token);
                return true;
            } finally {
                use.writeLock().unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            writer.unlock();
        }
    }

    /** The old file would be used on, without a name, if anybody had kept a connection to it: then the mark is missing. */
    private static void mark(Connection connection, long token) throws SQLException {
        Rows.run(connection, "delete from copy_of_events.journal_positions where journal = 'compaction'");
        Rows.run(connection, "insert into copy_of_events.journal_positions values ('compaction', ?)", token);
    }

    private void requireMark(long token) {
        boolean isNew = read(connection -> Rows.read(
                        connection,
                        "select position from journal_positions where journal = 'compaction'",
                        row -> row.getLong(1))
                .contains(token));
        if (!isNew) {
            throw new IllegalStateException("the event database did not let go of its old file");
        }
    }

    /** The log of the old file must never lie beside the new one. */
    private void replaceWith(Path work) {
        beforeReopening.forEach(Runnable::run);
        try {
            root.close();
            if (Files.exists(file.resolveSibling(file.getFileName() + ".wal"))) {
                throw new IOException("the log of the event database was not settled");
            }
            sync(work);
            Files.move(work, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder"));
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        } catch (IOException exception) {
            throw new DuckDbFailure(
                    DuckDbFailure.Kind.NO_ACCESS,
                    "The compacted event database cannot be put in its place (" + exception.getMessage()
                            + "); the old one stays.");
        } finally {
            root = openRoot(file, options);
        }
    }

    private static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Whether another process has the event database of a directory open. Not to be asked in a process that has it open
     * itself, whose lock would be lost.
     */
    public static boolean isOpenElsewhere(Path dataDirectory) {
        var file = fileIn(dataDirectory);
        if (!Files.exists(file)) {
            return false;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException exception) {
            throw noAccess(dataDirectory);
        }
    }

    /** Runs work in one transaction, alone among writers: kept as a whole, or not at all when it throws. */
    public <T> T write(Work<T> work) {
        writer.lock();
        try (var _ = using();
                var connection = connection()) {
            connection.setAutoCommit(false);
            var result = runOrRollBack(connection, work);
            version.incrementAndGet();
            return result;
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        } finally {
            writer.unlock();
        }
    }

    /** Grows with every write, so that a cache of answers knows when it is out of date. */
    public long version() {
        return version.get();
    }

    /** Writes what the log holds into the file itself, so that the next start has nothing to replay. */
    public void checkpoint() {
        writer.lock();
        try (var _ = using();
                var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute("checkpoint");
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        } finally {
            writer.unlock();
        }
    }

    @Override
    public void close() {
        // Closed under a compaction, the engine would take the process along.
        writer.lock();
        try {
            root.close();
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        } finally {
            writer.unlock();
        }
    }

    private static <T> T runOrRollBack(Connection connection, Work<T> work) throws SQLException {
        try {
            var result = work.run(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException exception) {
            rollBack(connection, exception);
            throw exception;
        }
    }

    private static void rollBack(Connection connection, Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException exception) {
            // Nothing to roll back is left when the engine itself gave up; the first reason is the one to report.
            reason.addSuppressed(exception);
        }
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException exception) {
            throw noAccess(folder);
        }
        if (!Files.isWritable(folder)) {
            throw noAccess(folder);
        }
    }

    private static DuckDbFailure noAccess(Path folder) {
        return new DuckDbFailure(
                DuckDbFailure.Kind.NO_ACCESS,
                "Cannot use the data folder " + folder + ": it cannot be created or written. Name another folder, or "
                        + "change its permissions.");
    }

    private static Properties properties(DuckDbOptions options) {
        var properties = new Properties();
        properties.setProperty("memory_limit", options.memoryBytes() / 1024 + "KiB");
        properties.setProperty("max_temp_directory_size", options.spillBytes() / 1024 + "KiB");
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
