package org.openpanelmcp.store.duckdb;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.ScopedQuery;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.Budget;
import org.openpanelmcp.store.EventStore;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.RowMapper;

/**
 * Queries on the embedded database: a bounded pool of platform threads (a call into the engine would pin a virtual one),
 * a bounded queue before it, and a deadline that counts the time in the queue too. Shared between threads; callers may
 * be virtual.
 */
public final class DuckDbEventStore implements EventStore {
    private static final int WAITING_PER_THREAD = 64;

    private final DuckDbDatabase database;
    private final Dialect dialect = new DuckDbDialect();
    private final ThreadPoolExecutor engineThreads;
    private final ArrayBlockingQueue<PreparedConnection> idle;
    private volatile boolean closed;

    /** @param concurrency how many queries run at the same time */
    public DuckDbEventStore(DuckDbDatabase database, int concurrency) {
        this.database = database;
        this.idle = new ArrayBlockingQueue<>(concurrency);
        database.beforeReopening(this::closeIdle);
        var factory = Thread.ofPlatform().name("duckdb-query-", 1).daemon(true).factory();
        this.engineThreads = new ThreadPoolExecutor(
                concurrency,
                concurrency,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(concurrency * WAITING_PER_THREAD),
                factory);
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public long version() {
        return database.version();
    }

    @Override
    public <T> List<T> query(ScopedQuery query, RowMapper<T> mapper, Budget budget) throws QueryFailure {
        var cancellation = new Cancellation();
        var task = new FutureTask<>(() -> run(query.sql(), mapper, budget, cancellation));
        try {
            engineThreads.execute(task);
        } catch (RejectedExecutionException full) {
            throw new QueryFailure(QueryFailure.Reason.BUSY, "too many queries are waiting", full);
        }
        budget.onCancel().accept(() -> stop(task, cancellation));
        return await(task, budget, cancellation);
    }

    private <T> List<T> await(FutureTask<List<T>> task, Budget budget, Cancellation cancellation) throws QueryFailure {
        try {
            return task.get(budget.time().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            stop(task, cancellation);
            throw new QueryFailure(QueryFailure.Reason.TIMEOUT, "no answer within " + budget.time(), late);
        } catch (CancellationException cancelled) {
            throw new QueryFailure(QueryFailure.Reason.CANCELLED, "cancelled by the caller", cancelled);
        } catch (InterruptedException interrupted) {
            stop(task, cancellation);
            Thread.currentThread().interrupt();
            throw new QueryFailure(QueryFailure.Reason.CANCELLED, "the waiting thread was interrupted", interrupted);
        } catch (ExecutionException failed) {
            throw failure(failed.getCause());
        }
    }

    private void stop(FutureTask<?> task, Cancellation cancellation) {
        cancellation.cancel();
        // Before the waiting caller hears of it: then its place in the queue is free.
        engineThreads.remove(task);
        task.cancel(false);
    }

    private <T> List<T> run(Sql sql, RowMapper<T> mapper, Budget budget, Cancellation cancellation)
            throws SQLException, QueryFailure {
        var connection = idle.poll();
        if (connection == null) {
            connection = new PreparedConnection(database.connection());
        }
        boolean healthy = false;
        try {
            var rows = run(connection, sql, mapper, budget, cancellation);
            healthy = true;
            return rows;
        } catch (SQLException exception) {
            throw database.failure(exception);
        } finally {
            // After a failure its statements are closed or half read: the next query begins with a new one.
            if (!healthy || closed || database.hasFailed() || !idle.offer(connection)) {
                connection.close();
            }
        }
    }

    private static <T> List<T> run(
            PreparedConnection connection, Sql sql, RowMapper<T> mapper, Budget budget, Cancellation cancellation)
            throws SQLException, QueryFailure {
        var rendered = sql.render((place, value) -> "?");
        var statement = connection.statement(rendered.text());
        bind(statement, rendered.values());
        cancellation.started(statement);
        try (var results = statement.executeQuery()) {
            var row = new DuckDbRow(results, budget.characters());
            var rows = new ArrayList<T>();
            while (results.next()) {
                if (rows.size() == budget.rows()) {
                    throw new QueryFailure(QueryFailure.Reason.TOO_LARGE, "more than " + budget.rows() + " rows");
                }
                rows.add(mapper.map(row));
            }
            return rows;
        } finally {
            cancellation.ended();
        }
    }

    private static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
        int place = 1;
        for (var value : values) {
            switch (value) {
                case Instant instant -> statement.setObject(place, LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
                default -> statement.setObject(place, value);
            }
            place++;
        }
    }

    private QueryFailure failure(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> new QueryFailure(QueryFailure.Reason.BROKEN, "the query failed");
            case QueryFailure known -> known;
            case DuckDbFailure known -> failure(known);
            case DuckDbRow.TooLong tooLong -> tooLong.failure();
            default -> new QueryFailure(QueryFailure.Reason.BROKEN, "the query failed", cause);
        };
    }

    private QueryFailure failure(DuckDbFailure known) {
        var reason = database.hasFailed() ? QueryFailure.Reason.UNAVAILABLE : reason(known);
        return new QueryFailure(reason, String.valueOf(known.getMessage()), known);
    }

    private static QueryFailure.Reason reason(DuckDbFailure known) {
        return switch (known.kind()) {
            case INTERRUPTED -> QueryFailure.Reason.CANCELLED;
            case OUT_OF_MEMORY, DISK_FULL -> QueryFailure.Reason.OUT_OF_MEMORY;
            case INVALIDATED -> QueryFailure.Reason.UNAVAILABLE;
            case IN_USE, DAMAGED, NEWER, NO_ACCESS, REFUSED -> QueryFailure.Reason.BROKEN;
        };
    }

    @Override
    public void close() {
        closed = true;
        engineThreads.shutdownNow();
        try {
            // The database is closed next; a query that still runs then would crash the process.
            engineThreads.awaitTermination(10, TimeUnit.SECONDS);
            closeIdle();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeIdle() {
        try {
            for (var connection = idle.poll(); connection != null; connection = idle.poll()) {
                connection.close();
            }
        } catch (SQLException failure) {
            throw DuckDbFailure.of(failure);
        }
    }

    /**
     * Stops a statement. TRICKY: the engine forgets a cancel that comes before the statement really runs, so it is
     * repeated until the statement has ended.
     */
    private static final class Cancellation {
        private static final long REPEAT_MILLIS = 20;

        private @Nullable PreparedStatement running;
        private boolean cancelled;

        synchronized void started(PreparedStatement statement) throws QueryFailure {
            if (cancelled) {
                throw new QueryFailure(QueryFailure.Reason.CANCELLED, "cancelled before it began");
            }
            running = statement;
        }

        synchronized void ended() {
            running = null;
            notifyAll();
        }

        synchronized void cancel() {
            if (!cancelled) {
                cancelled = true;
                Thread.ofVirtual().start(this::interruptUntilEnded);
            }
        }

        private synchronized void interruptUntilEnded() {
            try {
                while (running != null) {
                    running.cancel();
                    wait(REPEAT_MILLIS);
                }
            } catch (SQLException ended) {
                // A statement that has just been closed: there is nothing left to stop.
                running = null;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
