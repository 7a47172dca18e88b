package org.openpanelmcp.ingest.write;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openpanelmcp.store.ProfileRow;
import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.SessionRow;

/** Rows as they are stored, the most recently used ones. Used by one thread. */
final class Recent {
    private static final int MOST = 50_000;

    private final Map<RowKey, SessionRow> sessions = bounded();
    private final Map<RowKey, ProfileRow> profiles = bounded();

    Map<RowKey, SessionRow> sessions() {
        return sessions;
    }

    Map<RowKey, ProfileRow> profiles() {
        return profiles;
    }

    void clear() {
        sessions.clear();
        profiles.clear();
    }

    private static <T> Map<RowKey, T> bounded() {
        return new LinkedHashMap<>(1024, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<RowKey, T> eldest) {
                return size() > MOST;
            }
        };
    }
}
