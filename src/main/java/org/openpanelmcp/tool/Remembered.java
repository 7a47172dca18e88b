package org.openpanelmcp.tool;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.store.QueryFailure;

/** Slow-changing facts about projects, asked once a minute. Shared between threads. */
final class Remembered {
    private static final int MOST = 10_000;
    private static final Duration AGE = Duration.ofMinutes(1);

    private record Key(ProjectScope scope, String fact) {}

    private final Cache<Key, Boolean> facts =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(AGE).build();

    boolean of(ProjectScope scope, String fact, ToolCall.Fact question) throws QueryFailure {
        var key = new Key(scope, fact);
        var known = facts.getIfPresent(key);
        if (known != null) {
            return known;
        }
        boolean answer = question.ask();
        facts.put(key, answer);
        return answer;
    }
}
