package org.openpanelmcp.tool;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.Optional;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure;

/** The time of a project's newest event, asked once for each version of the data. Shared between threads. */
final class Freshness {
    private static final int PROJECTS = 10_000;

    private record Key(String projectId, long version) {}

    private final Cache<Key, Optional<Instant>> known =
            Caffeine.newBuilder().maximumSize(PROJECTS).build();

    Optional<Instant> of(ProjectScope scope, ToolCall call) throws QueryFailure {
        var key = new Key(scope.projectId(), call.dataVersion());
        var cached = known.getIfPresent(key);
        if (cached != null) {
            return cached;
        }
        var sql = Sql.template("select {newest} as newest_at from {events}")
                .put("newest", call.dialect().max(Sql.of("created_at")))
                .put("events", call.dialect().events(scope))
                .sql();
        var newest = call.one(scope, sql, row -> row.instant("newest_at"));
        known.put(key, newest);
        return newest;
    }
}
