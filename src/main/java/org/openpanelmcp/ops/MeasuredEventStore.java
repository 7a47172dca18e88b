package org.openpanelmcp.ops;

import java.util.List;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.ScopedQuery;
import org.openpanelmcp.store.Budget;
import org.openpanelmcp.store.EventStore;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.RowMapper;

/** An event store whose queries are timed. */
public final class MeasuredEventStore implements EventStore {
    private final EventStore store;
    private final Metrics metrics;

    public MeasuredEventStore(EventStore store, Metrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    @Override
    public Dialect dialect() {
        return store.dialect();
    }

    @Override
    public <T> List<T> query(ScopedQuery query, RowMapper<T> mapper, Budget budget) throws QueryFailure {
        long begin = System.nanoTime();
        var outcome = "failed";
        try {
            var rows = store.query(query, mapper, budget);
            outcome = "ok";
            return rows;
        } finally {
            metrics.query(outcome, System.nanoTime() - begin);
        }
    }

    @Override
    public long version() {
        return store.version();
    }

    @Override
    public void close() {
        store.close();
    }
}
