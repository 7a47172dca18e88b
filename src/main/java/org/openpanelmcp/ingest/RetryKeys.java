package org.openpanelmcp.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openpanelmcp.ingest.journal.Journal;
import org.openpanelmcp.ingest.journal.Journal.Remembered;
import org.openpanelmcp.ingest.journal.JournalFailure;

/** By what requests are known when they come again: the latest in memory, the others in the journal. Used by one thread. */
final class RetryKeys {
    /** What comes again so soon is not worth a place on disk. */
    private static final long SHORT = 1_000;

    private static final int MOST = 50_000;

    private final Journal journal;
    private final Map<String, Remembered> recent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > MOST;
        }
    };
    private final Map<String, Remembered> pending = new HashMap<>();

    RetryKeys(Journal journal) {
        this.journal = journal;
    }

    Optional<Remembered> find(Offer.Retry retry, long now) throws JournalFailure {
        var known = pending.getOrDefault(retry.key(), recent.get(retry.key()));
        if (known != null) {
            // A clock that was set back would make a repetition of every click for as long as it was ahead.
            boolean setBack = isShort(retry) && known.until() - retry.windowMillis() > now;
            return Optional.of(known).filter(remembered -> remembered.until() > now && !setBack);
        }
        return isShort(retry) ? Optional.empty() : journal.remembered(retry.key(), now);
    }

    void add(Remembered remembered) {
        pending.put(remembered.key(), remembered);
    }

    /** Requests of these devices stay known, but not whose they were. */
    void forgetSenders(Collection<String> devices) {
        recent.replaceAll((key, known) ->
                devices.contains(known.deviceId()) ? new Remembered(key, known.until(), "", "") : known);
    }

    static boolean isShort(Offer.Retry retry) {
        return retry.windowMillis() <= SHORT;
    }

    /** What was added since the last time is in the journal. */
    void commit() {
        List<Remembered> added = new ArrayList<>(pending.values());
        pending.clear();
        added.forEach(remembered -> recent.put(remembered.key(), remembered));
    }

    /** What was added since the last time never was. */
    void rollBack() {
        pending.clear();
    }
}
