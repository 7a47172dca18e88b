package org.openpanelmcp.ingest.write;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.store.ProfileRow;
import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.SessionRow;

/** Rows as they are stored, the recently used ones. Used by one thread. */
final class Recent {
    private final Rows<SessionRow> sessions = new Rows<>();
    private final Rows<ProfileRow> profiles = new Rows<>();

    Rows<SessionRow> sessions() {
        return sessions;
    }

    Rows<ProfileRow> profiles() {
        return profiles;
    }

    void clear() {
        sessions.clear();
        profiles.clear();
    }

    /**
     * Rows of one kind: those used since the last change of generations, and those used in the generation before. A list in
     * the order of use would be written to at each look, all over the memory, which the garbage collector has to follow.
     */
    static final class Rows<T> {
        private static final int GENERATION = 25_000;

        private Map<RowKey, T> newer = new HashMap<>();
        private Map<RowKey, T> older = new HashMap<>();

        @Nullable
        T get(RowKey key) {
            var known = newer.get(key);
            if (known != null) {
                return known;
            }
            var aging = older.remove(key);
            if (aging != null) {
                put(key, aging);
            }
            return aging;
        }

        void put(RowKey key, T row) {
            if (newer.size() >= GENERATION) {
                older = newer;
                newer = new HashMap<>();
            }
            newer.put(key, row);
        }

        void remove(RowKey key) {
            newer.remove(key);
            older.remove(key);
        }

        void clear() {
            newer.clear();
            older.clear();
        }
    }
}
