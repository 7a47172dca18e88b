package org.openpanelmcp.store.duckdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The open event database: one file, one process, any number of readers, one writer at a time.
 *
 * <p>Safe for use by several threads, which must be platform threads: a call into the engine pins a virtual thread for
 * as long as it lasts. What goes wrong is thrown as {@link DuckDbFailure}.
 */
public final class DuckDbDatabase implements AutoCloseable {
    private static final String FILE_NAME = "events.duckdb";

    private final Instance instance;
    private final ReentrantLock writer = new ReentrantLock();
    /** An attached file is known to all connections, by its name. */
    private final ReentrantLock copier = new ReentrantLock();

    private final AtomicLong version = new AtomicLong();

    private DuckDbDatabase(Instance instance) {
        this.instance = instance;
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
        createFolder(dataDirectory);
        return new DuckDbDatabase(Instance.open(fileIn(dataDirectory), options));
    }

    /** A connection for one unit of work of the calling thread, which closes it. */
    public Connection connection() {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("the event database is used from platform threads only");
        }
        // What was remembered of the rows may not be what the file holds: the last write may have been lost, or not.
        return instance.connection(version::incrementAndGet);
    }

    /** @param release closes the connections that somebody keeps for later, before the file is opened anew */
    void beforeReopening(Runnable release) {
        instance.beforeReopening(release);
    }

    /** What went wrong on a connection of this database. */
    DuckDbFailure failure(SQLException exception) {
        return instance.failure(exception);
    }

    /** Whether the engine has given up, and is not open anew yet: connections to it are of no more use. */
    boolean hasFailed() {
        return instance.hasFailed();
    }

    /** Runs reading work; what it throws comes out as {@link DuckDbFailure}. */
    public <T> T read(Work<T> work) {
        try (var connection = connection()) {
            return work.run(connection);
        } catch (SQLException exception) {
            throw failure(exception);
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
        copier.lock();
        try (var connection = connection();
                var statement = connection.createStatement()) {
            try (var attach = connection.prepareStatement("attach ? as copy_of_events")) {
                attach.setString(1, file.toAbsolutePath().toString());
                attach.execute();
            }
            try {
                statement.execute("copy from database events to copy_of_events");
                statement.execute("checkpoint copy_of_events");
            } finally {
                statement.execute("detach copy_of_events");
            }
        } catch (SQLException exception) {
            throw failure(exception);
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
            copyTo(work);
            return instance.replaceBy(work);
        } finally {
            writer.unlock();
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
        try (var connection = connection()) {
            connection.setAutoCommit(false);
            var result = runOrRollBack(connection, work);
            version.incrementAndGet();
            return result;
        } catch (SQLException exception) {
            throw failure(exception);
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
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute("checkpoint");
        } catch (SQLException exception) {
            throw failure(exception);
        } finally {
            writer.unlock();
        }
    }

    @Override
    public void close() {
        // Closed under a compaction, the engine would take the process along.
        writer.lock();
        try {
            instance.close();
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
}
