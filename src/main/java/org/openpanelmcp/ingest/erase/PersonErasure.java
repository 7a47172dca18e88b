package org.openpanelmcp.ingest.erase;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.openpanelmcp.ingest.Intake;
import org.openpanelmcp.ingest.LiveIntake;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.metadata.Erased;
import org.openpanelmcp.metadata.Marks;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.MetadataFailure;
import org.openpanelmcp.store.EventEraser;
import org.openpanelmcp.store.EventEraser.Doomed;
import org.openpanelmcp.store.EventEraser.Removed;
import org.openpanelmcp.store.EventEraser.Traces;
import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.WriteFailure;
import org.openpanelmcp.text.Nearest;

/**
 * Deletes people: first the deletion is noted, so that nothing brings them back; then they go from the event store, in one
 * transaction, and from the journal. Safe for several threads, which it serves one by one.
 */
public final class PersonErasure implements AutoCloseable {
    private static final long PATIENCE = 30_000;
    private static final int NEAREST = 3;

    /** A tracker's clock may be so far ahead, so that a person's last event is in the future. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final LiveIntake intake;
    private final Metadata metadata;
    private final EventEraser store;
    private final Keeping keeping;
    private final InstantSource clock;
    /** The engine is called from platform threads only; those who ask may be virtual. */
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("erasure").daemon(true).factory());

    public PersonErasure(LiveIntake intake, Metadata metadata, EventEraser store, InstantSource clock) {
        this.intake = intake;
        this.metadata = metadata;
        this.store = store;
        this.keeping = new Keeping(metadata, store);
        this.clock = clock;
    }

    /** A person was not deleted, or not entirely; asking again does the rest. */
    public static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Deletes a person. Whoever sends events of that name later is a new one.
     *
     * @param profileId whether anything is known of it or not: a backup or an export may know more
     */
    public ErasureReport erase(String projectId, String profileId) throws Failure {
        return onThread(() -> erase(new RowKey(projectId, profileId)));
    }

    /** What {@link #erase} would remove, without the journal; nothing has changed afterwards. */
    public ErasureReport preview(String projectId, String profileId) throws Failure {
        return onThread(() -> preview(new RowKey(projectId, profileId)));
    }

    private ErasureReport onThread(Callable<ErasureReport> work) throws Failure {
        try {
            return thread.submit(work).get();
        } catch (ExecutionException failed) {
            throw failure(failed);
        } catch (RejectedExecutionException stopping) {
            throw new Failure("The server is stopping. Try again later.", stopping);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure("The server is stopping. Try again later.", interrupted);
        }
    }

    private static Failure failure(ExecutionException failed) {
        var cause = failed.getCause();
        return switch (cause) {
            case Intake.Unavailable unavailable -> new Failure(String.valueOf(unavailable.getMessage()), unavailable);
            case WriteFailure failure -> new Failure(String.valueOf(failure.getMessage()), failure);
            case JournalFailure failure -> new Failure(String.valueOf(failure.getMessage()), failure);
            case MetadataFailure failure -> new Failure(String.valueOf(failure.getMessage()), failure);
            case null, default -> throw new IllegalStateException("a person could not be deleted", failed);
        };
    }

    /** What is known of a person when it is deleted, and what was removed then. */
    private record Outcome(Traces traces, Instant until, Marks marks, Removed removed) {}

    private ErasureReport erase(RowKey person) throws WriteFailure, JournalFailure, Intake.Unavailable {
        var outcome = intake.alone(pause -> {
            // One that was not carried out to its end would be taken for done with this one.
            keeping.settle(pause.journal());
            var traces = store.traces(person);
            var until = until(traces);
            metadata.erasures().add(names(person, traces), until);
            CompactionPlan.within(metadata, CompactionPlan.AFTER_ERASURE, clock.instant());
            var marks = metadata.erasures().marks();
            var removed = store.erase(doomed(person, traces), marks.number());
            pause.forgetSessions(removed.touched());
            pause.forgetSenders(traces.devices());
            return new Outcome(traces, until, marks, removed);
        });
        return report(person, outcome, sweep(outcome), List.of());
    }

    /** All that was accepted until then is stored, and what is read here is needed for a store that is lost only. */
    private long sweep(Outcome outcome) throws JournalFailure {
        try (var removal = intake.journal().removal()) {
            long entries = new JournalSweep(removal).erase(outcome.marks());
            removal.forgetSenders(outcome.traces().devices());
            removal.saveErasures(outcome.marks().number());
            removal.settle();
            return entries;
        }
    }

    private ErasureReport preview(RowKey person) throws WriteFailure, InterruptedException {
        intake.awaitStored(PATIENCE);
        var traces = store.traces(person);
        var removed = store.rehearse(doomed(person, traces));
        var outcome = new Outcome(traces, until(traces), metadata.erasures().marks(), removed);
        return report(person, outcome, 0, traces.isKnown() ? List.of() : nearest(person));
    }

    private List<String> nearest(RowKey person) throws WriteFailure {
        var ids = new ArrayList<String>();
        store.eachProfile(
                List.of(person.projectId()), clock.instant().plus(AHEAD).toEpochMilli(), key -> ids.add(key.id()));
        return Nearest.several(person.id(), ids, NEAREST);
    }

    private Instant until(Traces traces) {
        var now = clock.instant();
        var latest = Math.min(traces.latest(), now.plus(AHEAD).toEpochMilli());
        return Instant.ofEpochMilli(Math.max(now.toEpochMilli(), latest));
    }

    private static List<Erased> names(RowKey person, Traces traces) {
        var names = new ArrayList<Erased>();
        names.add(new Erased(Erased.Kind.PROFILE, person.projectId(), person.id()));
        traces.devices().forEach(id -> names.add(new Erased(Erased.Kind.DEVICE, person.projectId(), id)));
        return names;
    }

    /** Whatever the clocks of trackers said: all that is stored now happened before. */
    private static List<Doomed> doomed(RowKey person, Traces traces) {
        var doomed = new ArrayList<Doomed>();
        doomed.add(new Doomed(person, false, Doomed.FOR_EVER));
        traces.devices()
                .forEach(id -> doomed.add(new Doomed(new RowKey(person.projectId(), id), true, Doomed.FOR_EVER)));
        return doomed;
    }

    private static ErasureReport report(RowKey person, Outcome outcome, long journal, List<String> nearest) {
        var removed = outcome.removed();
        return new ErasureReport(
                person.projectId(),
                person.id(),
                outcome.traces().isKnown() || journal > 0,
                outcome.until(),
                removed.events(),
                removed.sessions(),
                removed.recounted(),
                removed.profiles(),
                outcome.traces().devices().size(),
                journal,
                nearest);
    }

    @Override
    public void close() {
        thread.close();
    }
}
