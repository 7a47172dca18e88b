package org.openpanelmcp.mcp.legacy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.openpanelmcp.mcp.LogLevel;

/** From which level on a caller wants log messages; forgotten after a while, because there are no sessions. */
public final class LogLevels {
    private static final int MOST_CALLERS = 10_000;

    private final Cache<String, LogLevel> levels = Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterAccess(Duration.ofHours(8))
            .build();

    public void set(String callerId, LogLevel level) {
        levels.put(callerId, level);
    }

    /** {@link LogLevel#INFO} when the caller set none. */
    public LogLevel of(String callerId) {
        var level = levels.getIfPresent(callerId);
        return level == null ? LogLevel.INFO : level;
    }
}
