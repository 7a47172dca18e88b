package org.openpanelmcp.metadata.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.openpanelmcp.metadata.MetadataFailure;
import org.sqlite.SQLiteConfig;

/**
 * The connections to one SQLite file: one that writes, a few that read. Safe for several threads.
 *
 * <p>Each read sees whatever any process has committed before it.
 */
final class Database implements AutoCloseable {
    private static final int READERS = 4;
    private static final int BUSY_TIMEOUT_MILLISECONDS = 10_000;

    private final String address;
    private final Connection writer;
    private final RowCache cache;
    private final ReentrantLock writing = new ReentrantLock();
    private final Semaphore reading = new Semaphore(READERS);
    private final Deque<Connection> idleReaders = new ArrayDeque<>();
    private boolean closed;

    private Database(String address, Connection writer, RowCache cache) {
        this.address = address;
        this.writer = writer;
        this.cache = cache;
    }

    /** Something to do with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** @throws MetadataFailure when the file cannot be opened, is no database, or does not fit the migrations */
    static Database open(Path file, List<Migration> migrations) {
        // An address instead of a path: the driver would take a '?' in a path for the start of its own options.
        var address = "jdbc:sqlite:" + file.toAbsolutePath().toUri();
        Database database;
        try {
            var writer = writerConfiguration().createConnection(address);
            var watcher = readerConfiguration().createConnection(address);
            database = new Database(address, writer, new RowCache(watcher));
        } catch (SQLException e) {
            throw new MetadataFailure("Cannot open the metadata database " + file + ": " + reason(e), e);
        }
        try {
            database.write(connection -> {
                Migrations.run(connection, migrations);
                return true;
            });
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    <T> T read(Work<T> work) {
        reading.acquireUninterruptibly();
        try {
            var connection = reader();
            try {
                return work.run(connection);
            } finally {
                giveBack(connection);
            }
        } catch (SQLException e) {
            throw new MetadataFailure("Cannot read the metadata database: " + reason(e), e);
        } finally {
            reading.release();
        }
    }

    /**
     * Reads, unless the same was read since anybody committed anything.
     *
     * @param key names what is read, and its type
     */
    <T> T readOnce(Object key, Work<T> work) {
        try {
            return cache.get(key, () -> read(work));
        } catch (SQLException e) {
            throw new MetadataFailure("Cannot read the metadata database: " + reason(e), e);
        }
    }

    /**
     * Composes what was read by {@link #readOnce}, unless that was done since anybody last committed anything: one look
     * instead of several.
     *
     * @param key names what is composed, and its type
     */
    <T> T once(Object key, Supplier<T> composing) {
        try {
            return cache.get(key, composing::get);
        } catch (SQLException e) {
            throw new MetadataFailure("Cannot read the metadata database: " + reason(e), e);
        }
    }

    /** Runs the work in one transaction, which is taken back when it throws; within {@link #together} in that one. */
    <T> T write(Work<T> work) {
        writing.lock();
        try {
            return writing.getHoldCount() > 1 ? work.run(writer) : inTransaction(work);
        } catch (SQLException e) {
            throw new MetadataFailure("Cannot write the metadata database: " + reason(e), e);
        } finally {
            writing.unlock();
        }
    }

    /** Makes one transaction of all writes that the work does on this thread. */
    <T> T together(Supplier<T> work) {
        return write(connection -> work.get());
    }

    /** Runs work and takes its writes back. */
    <T> T rehearse(Supplier<T> work) {
        writing.lock();
        try {
            Statements.script(writer, "begin immediate");
            T result;
            try {
                result = work.get();
            } catch (RuntimeException e) {
                rollBack(e);
                throw e;
            }
            Statements.script(writer, "rollback");
            return result;
        } catch (SQLException e) {
            throw new MetadataFailure("Cannot write the metadata database: " + reason(e), e);
        } finally {
            writing.unlock();
        }
    }

    /**
     * In statements of our own: the driver's {@code commit} begins the next transaction at once, and an immediate one
     * that idles would keep every other process from writing.
     */
    private <T> T inTransaction(Work<T> work) throws SQLException {
        Statements.script(writer, "begin immediate");
        try {
            var result = work.run(writer);
            Statements.script(writer, "commit");
            return result;
        } catch (SQLException | RuntimeException e) {
            rollBack(e);
            throw e;
        }
    }

    private void rollBack(Exception reason) {
        try {
            Statements.script(writer, "rollback");
        } catch (SQLException e) {
            // After a full disk, say, SQLite has taken it back already; the first trouble is the one to tell.
            reason.addSuppressed(e);
        }
    }

    private Connection reader() throws SQLException {
        synchronized (idleReaders) {
            if (closed) {
                throw new SQLException("it is closed");
            }
            var idle = idleReaders.poll();
            if (idle != null) {
                return idle;
            }
        }
        return readerConfiguration().createConnection(address);
    }

    private void giveBack(Connection connection) throws SQLException {
        synchronized (idleReaders) {
            if (!closed) {
                idleReaders.push(connection);
                return;
            }
        }
        connection.close();
    }

    @Override
    public void close() {
        writing.lock();
        try {
            synchronized (idleReaders) {
                closed = true;
                for (var connection : idleReaders) {
                    connection.close();
                }
                idleReaders.clear();
            }
            cache.close();
            writer.close();
        } catch (SQLException e) {
            throw new MetadataFailure("Cannot close the metadata database: " + reason(e), e);
        } finally {
            writing.unlock();
        }
    }

    private static SQLiteConfig writerConfiguration() {
        var configuration = sharedConfiguration();
        configuration.setJournalMode(SQLiteConfig.JournalMode.WAL);
        configuration.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        configuration.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        return configuration;
    }

    private static SQLiteConfig readerConfiguration() {
        var configuration = sharedConfiguration();
        configuration.setReadOnly(true);
        return configuration;
    }

    private static SQLiteConfig sharedConfiguration() {
        var configuration = new SQLiteConfig();
        configuration.setBusyTimeout(BUSY_TIMEOUT_MILLISECONDS);
        configuration.enforceForeignKeys(true);
        return configuration;
    }

    private static String reason(SQLException exception) {
        return String.valueOf(exception.getMessage());
    }
}
