package org.openpanelmcp.ingest.write;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.openpanelmcp.ingest.journal.Journal;
import org.openpanelmcp.ingest.journal.JournalEntry;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.store.Batch;
import org.openpanelmcp.store.EventWriter;
import org.openpanelmcp.store.SessionIds;
import org.openpanelmcp.store.WriteFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what the journal holds. How the entries are cut into batches makes no difference to what is stored; the position
 * is stored with the rows, so nothing is stored twice. Used by one thread.
 */
public final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final int MOST = 10_000;
    private static final int MOST_ENDS = 5_000;

    private final Journal journal;
    private final EventWriter store;
    private final InstantSource clock;
    private final Recent recent = new Recent();
    private volatile long position;
    /** The store's version after our last write: when it is another, somebody else wrote. */
    private long version;

    private boolean othersWrote;

    /** Sessions that begin up to here may be stored already, by somebody else. */
    private long sharedUpTo;

    public Drain(Journal journal, EventWriter store, InstantSource clock) throws WriteFailure {
        this.journal = journal;
        this.store = store;
        this.clock = clock;
        this.position = store.position(journal.id());
        this.sharedUpTo = journal.lastSeq();
        this.version = store.version();
    }

    /** Up to where the journal is stored. */
    public long position() {
        return position;
    }

    /**
     * Stores the next entries.
     *
     * @return how many there were
     * @throws WriteFailure when the store takes nothing now; to be tried again
     */
    public int step() throws WriteFailure, JournalFailure {
        notice();
        var entries = journal.after(position, MOST);
        if (!entries.isEmpty()) {
            write(entries);
        }
        return entries.size();
    }

    /** Whether somebody else wrote since this was last asked. */
    public boolean othersWrote() throws WriteFailure {
        notice();
        boolean wrote = othersWrote;
        othersWrote = false;
        return wrote;
    }

    /** After somebody else wrote, what is remembered here may be out of date. */
    private void notice() throws WriteFailure {
        if (store.version() != version) {
            // The store may have been opened anew, after a write of which nobody knows whether it was kept.
            position = store.position(journal.id());
            recent.clear();
            sharedUpTo = journal.lastSeq();
            version = store.version();
            othersWrote = true;
        }
    }

    /** One that is refused is found by halving, so that it delays no other. */
    private void write(List<JournalEntry> entries) throws WriteFailure, JournalFailure {
        try {
            writeTogether(entries);
        } catch (WriteFailure failure) {
            if (!failure.isOfTheRows()) {
                throw failure;
            }
            if (entries.size() == 1) {
                LOG.warn(
                        "Entry {} of the journal is refused by the event store",
                        entries.getFirst().seq(),
                        failure);
                bury(entries.getFirst(), "the event store does not take it: " + reason(failure));
                skip(entries.getFirst());
                return;
            }
            var half = entries.size() / 2;
            write(entries.subList(0, half));
            write(entries.subList(half, entries.size()));
        }
    }

    private static String reason(WriteFailure failure) {
        var engine = failure.getCause() == null ? null : failure.getCause().getCause();
        return String.valueOf(engine == null ? failure.getMessage() : engine.getMessage());
    }

    private void writeTogether(List<JournalEntry> entries) throws WriteFailure, JournalFailure {
        boolean alone = entries.getFirst().seq() > sharedUpTo;
        var fold = Fold.over(entries, store, recent, alone);
        for (var entry : entries) {
            try {
                fold.apply(entry);
            } catch (Unfit unfit) {
                bury(entry, String.valueOf(unfit.getMessage()));
            }
        }
        var batch = fold.batch(reach(entries.getLast()));
        store.write(batch);
        fold.stored(batch);
        position = batch.reach().upTo();
        version++;
    }

    private void skip(JournalEntry entry) throws WriteFailure {
        store.write(new Batch(reach(entry), List.of(), List.of(), List.of(), List.of(), Map.of(), List.of()));
        position = entry.seq();
        version++;
    }

    private Batch.Reach reach(JournalEntry last) {
        return new Batch.Reach(journal.id(), position, last.seq());
    }

    private void bury(JournalEntry entry, String reason) throws JournalFailure {
        journal.bury(entry, reason, clock.millis());
    }

    /** Records the end of sessions in which nothing happened for half an hour. @return how many */
    public int endSessions() throws WriteFailure {
        notice();
        var ended = store.endSessions(clock.millis() - SessionIds.TIMEOUT, MOST_ENDS);
        if (!ended.isEmpty()) {
            version++;
        }
        ended.forEach(recent.sessions()::remove);
        return ended.size();
    }
}
