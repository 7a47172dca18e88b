package org.openpanelmcp.ingest.erase;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.openpanelmcp.ingest.Screen;
import org.openpanelmcp.ingest.journal.Journal;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.metadata.Erased;
import org.openpanelmcp.metadata.Marks;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.store.EventEraser;
import org.openpanelmcp.store.EventEraser.Doomed;
import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.WriteFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an installation keeps: nothing of the deleted, and nothing older than its projects say. Safe for several threads. */
public final class Keeping implements Screen {
    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

    private final Metadata metadata;
    private final EventEraser store;

    public Keeping(Metadata metadata, EventEraser store) {
        this.metadata = metadata;
        this.store = store;
    }

    @Override
    public Sieve sieve(long now) {
        var marks = metadata.erasures().marks();
        var since = metadata.retention().keptSince(Instant.ofEpochMilli(now));
        if (marks.number() == 0 && since.isEmpty()) {
            return entry -> false;
        }
        return entry -> {
            var start = since.get(entry.projectId());
            return (start != null && EntryNames.moment(entry) < start.toEpochMilli())
                    || EntryNames.isErased(entry, "", marks);
        };
    }

    /**
     * A copy from before a deletion may have been put back, by hand or by a restore, or the process have ended in the
     * middle of one: each store knows up to where the list of deletions is carried out in it.
     */
    @Override
    public void settle(Journal journal) throws WriteFailure, JournalFailure {
        var marks = metadata.erasures().marks();
        if (store.erasures() < marks.number()) {
            var removed = store.erase(doomed(marks), marks.number());
            LOG.info(
                    "Deletions of people were carried out anew: {} events, {} sessions and {} profiles",
                    removed.events(),
                    removed.sessions(),
                    removed.profiles());
            CompactionPlan.within(metadata, CompactionPlan.AFTER_ERASURE, Instant.now());
        }
        try (var removal = journal.removal()) {
            if (removal.erasures() < marks.number()) {
                new JournalSweep(removal).erase(marks);
                removal.saveErasures(marks.number());
                removal.settle();
            }
        }
    }

    /** Who of those that are stored was deleted. */
    private List<Doomed> doomed(Marks marks) throws WriteFailure {
        var doomed = new ArrayList<Doomed>();
        var projects = new HashSet<>(marks.projects());
        long latest = projects.stream().mapToLong(marks::latest).max().orElse(Long.MIN_VALUE);
        if (projects.isEmpty()) {
            return List.of();
        }
        store.eachProfile(projects, latest, key -> add(doomed, key, Erased.Kind.PROFILE, marks));
        store.eachDevice(projects, latest, key -> add(doomed, key, Erased.Kind.DEVICE, marks));
        return doomed;
    }

    private static void add(List<Doomed> doomed, RowKey key, Erased.Kind kind, Marks marks) {
        long until = marks.erasedUntil(new Erased(kind, key.projectId(), key.id()));
        if (until != Long.MIN_VALUE) {
            doomed.add(new Doomed(key, kind == Erased.Kind.DEVICE, until));
        }
    }
}
