package org.openpanelmcp.ingest;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.openpanelmcp.ingest.journal.DeadLetter;
import org.openpanelmcp.ingest.journal.Journal;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.ingest.session.SessionRegistry;
import org.openpanelmcp.ingest.write.Drain;
import org.openpanelmcp.store.EventWriter;
import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.WriteFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The intake of a running server. One thread decides and journals whatever waits, with one sync for all of it; another
 * stores what is journalled, a few times a second.
 */
public final class LiveIntake implements Intake, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveIntake.class);

    private final Journal journal;
    private final SessionRegistry sessions;
    private final InstantSource clock;
    private final Limits limits;
    private final Acceptance acceptance;
    private final Storing storing;
    private final Profiles profiles;
    private final ArrayBlockingQueue<Waiting> queue;
    private final Thread accepting;
    /** Held while something is accepted, or while nothing is to be. Fair, so that the rarer of the two gets its turn. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private volatile boolean closed;
    /** Why nothing can be journalled now; empty when all is well. */
    private volatile String refusing = "";

    /**
     * How much may wait.
     *
     * @param calls that wait to be journalled
     * @param backlog entries that are journalled and not yet stored
     * @param retained entries that stay in the journal after they are stored
     * @param journalBytes size of the journal's file
     * @param sessions in memory
     */
    public record Limits(int calls, long backlog, long retained, long journalBytes, int sessions) {
        public static final Limits DEFAULT = new Limits(4_096, 5_000_000, 1_000_000, 16L << 30, 300_000);
    }

    /** How long work that is to be done alone waits for what is accepted to be stored. */
    private static final long PATIENCE = 30_000;

    /** The same, while senders wait. */
    private static final long SHORT_PATIENCE = 3_000;

    private record Waiting(List<Offer> offers, List<DeadLetter> revived, CompletableFuture<List<Receipt>> answer) {
        Waiting(List<Offer> offers, List<DeadLetter> revived) {
            this(offers, revived, new CompletableFuture<>());
        }
    }

    private LiveIntake(
            Journal journal,
            EventWriter store,
            SessionRegistry sessions,
            Drain drain,
            InstantSource clock,
            Limits limits,
            Screen screen) {
        this.journal = journal;
        this.sessions = sessions;
        this.clock = clock;
        this.limits = limits;
        this.acceptance = new Acceptance(journal, sessions, clock, screen);
        this.storing = new Storing(journal, drain, sessions, clock, limits.retained());
        this.profiles = new Profiles(store, storing);
        this.queue = new ArrayBlockingQueue<>(limits.calls());
        this.accepting = Thread.ofPlatform().name("intake").unstarted(this::acceptAll);
    }

    /**
     * Opens the journal of a data directory, stores what was left in it, and begins to take.
     *
     * @param screen what is not to be kept
     * @throws JournalFailure when the journal cannot be opened
     * @throws WriteFailure when the event store does not take what was left
     */
    public static LiveIntake start(
            Path dataDirectory, EventWriter store, InstantSource clock, Limits limits, Screen screen)
            throws JournalFailure, WriteFailure {
        var journal = Journal.open(dataDirectory, limits.journalBytes());
        try {
            var drain = new Drain(journal, store, clock);
            while (drain.step() > 0) {
                LOG.info("The journal is stored up to entry {}", drain.position());
            }
            screen.settle(journal);
            var sessions = new SessionRegistry(store, limits.sessions());
            sessions.load(clock.millis());
            var intake = new LiveIntake(journal, store, sessions, drain, clock, limits, screen);
            intake.storing.start();
            intake.accepting.start();
            return intake;
        } catch (WriteFailure | JournalFailure | RuntimeException failure) {
            journal.close();
            throw failure;
        }
    }

    @Override
    public List<Receipt> take(List<Offer> offers) throws Unavailable {
        if (offers.isEmpty()) {
            return List.of();
        }
        if (journal.lastSeq() - storing.position() > limits.backlog()) {
            throw new Unavailable("Too many events wait to be stored. Send again in a minute.");
        }
        var refused = profiles.refusals(offers, journal.lastSeq());
        var admitted = refused.isEmpty() ? offers : refused.admitted(offers);
        if (admitted.isEmpty()) {
            return refused.merge(List.of());
        }
        var receipts = await(enqueue(new Waiting(admitted, List.of())));
        return refused.isEmpty() ? receipts : refused.merge(receipts);
    }

    /** What could not be stored, the oldest first. */
    public List<DeadLetter> deadLetters(int most) throws JournalFailure {
        return journal.deadLetters(most);
    }

    /**
     * Tries again to store what could not be stored.
     *
     * @throws Unavailable when nothing can be journalled now; nothing has changed then
     */
    public void replay(List<DeadLetter> letters) throws Unavailable {
        await(enqueue(new Waiting(List.of(), letters)));
    }

    /** Work that nothing may come in between. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Pause pause) throws WriteFailure, JournalFailure;
    }

    /** What is remembered of senders and sessions, while nothing is accepted. */
    public final class Pause {
        /** These sessions are gone, or not what they were. */
        public void forgetSessions(Collection<RowKey> keys) throws WriteFailure {
            sessions.forget(keys, clock.millis());
        }

        /** Whose requests are not to be known any more, though that they came is. */
        public void forgetSenders(Collection<String> devices) {
            acceptance.forgetSenders(devices);
        }
    }

    /**
     * Does work while nothing is accepted and all that was accepted is stored; senders wait meanwhile.
     *
     * @throws Unavailable when what was accepted cannot be stored now; nothing was done then
     */
    public <T> T alone(Work<T> work) throws Unavailable, WriteFailure, JournalFailure {
        // Most of it is stored while others still send: they are kept waiting for the last of it only.
        requireStored(PATIENCE);
        turn.lock();
        try {
            requireStored(SHORT_PATIENCE);
            return work.run(new Pause());
        } finally {
            turn.unlock();
        }
    }

    private void requireStored(long millis) throws Unavailable {
        try {
            if (closed || !storing.await(journal.lastSeq(), millis)) {
                throw new Unavailable("The event store takes nothing now. Try again in a minute.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Unavailable("The server is stopping. Try again later.");
        }
    }

    /** The journal, for work that may be done beside all other. */
    public Journal journal() {
        return journal;
    }

    private CompletableFuture<List<Receipt>> enqueue(Waiting waiting) throws Unavailable {
        if (closed || !queue.offer(waiting)) {
            throw new Unavailable("Too many requests wait. Send again in a few seconds.");
        }
        if (closed) {
            // It may have come too late to be seen by the thread that ends.
            waiting.answer().completeExceptionally(new Unavailable("The server is stopping. Send again later."));
        }
        return waiting.answer();
    }

    private static List<Receipt> await(CompletableFuture<List<Receipt>> answer) throws Unavailable {
        try {
            return answer.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Unavailable unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("the intake failed", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Unavailable("The server is stopping. Send again later.");
        }
    }

    @Override
    public Receipt.Kept whoIs(String projectId, List<String> deviceIds) {
        var decision = sessions.whoIs(projectId, deviceIds, clock.millis());
        return new Receipt.Kept(decision.deviceId(), decision.sessionId(), false);
    }

    /** What is going on, for those who watch over the server. */
    public Status status() {
        var trouble = refusing.isEmpty() ? storing.trouble() : refusing;
        return new Status(journal.lastSeq(), storing.position(), queue.size(), trouble);
    }

    /**
     * What is going on.
     *
     * @param accepted number of the last entry in the journal
     * @param stored number of the last entry in the event store
     * @param waiting calls that wait to be journalled
     * @param trouble why nothing is accepted, or nothing stored, now; empty when all is well
     */
    public record Status(long accepted, long stored, int waiting, String trouble) {}

    /** Records at once the end of sessions in which nothing happened for half an hour; it happens of itself now and then. */
    void endSessions() throws InterruptedException {
        storing.endSessions();
    }

    /** Waits until everything accepted so far is stored. @return whether it is, within the time */
    public boolean awaitStored(long millis) throws InterruptedException {
        return storing.await(journal.lastSeq(), millis);
    }

    private void acceptAll() {
        var group = new ArrayList<Waiting>();
        while (!closed || !queue.isEmpty()) {
            try {
                var first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    queue.drainTo(group);
                    storing.keepPace();
                    accept(group);
                    group.clear();
                } else if (!refusing.isEmpty()) {
                    probe();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** When the whole group fails for a defect, each call is tried alone, so that it fails no other. */
    private void accept(List<Waiting> group) {
        turn.lock();
        try {
            var receipts = acceptance.accept(
                    group.stream().flatMap(waiting -> waiting.offers().stream()).toList(),
                    group.stream()
                            .flatMap(waiting -> waiting.revived().stream())
                            .toList());
            refusing = "";
            storing.wake();
            int from = 0;
            for (var waiting : group) {
                int to = from + waiting.offers().size();
                waiting.answer().complete(List.copyOf(receipts.subList(from, to)));
                from = to;
            }
        } catch (JournalFailure failure) {
            report(failure);
            refuse(group, failure.getMessage() + " Send again later.");
        } catch (WriteFailure failure) {
            LOG.error("Nothing can be accepted: sessions cannot be looked up", failure);
            refuse(group, "The event store does not answer. Send again later.");
        } catch (RuntimeException failure) {
            if (group.size() > 1) {
                group.forEach(waiting -> accept(List.of(waiting)));
                return;
            }
            LOG.error("An offer failed", failure);
            group.getFirst().answer().completeExceptionally(failure);
        } finally {
            turn.unlock();
        }
    }

    /** Once for each reason: on a full disk a line for every request would be one too many. */
    private void report(JournalFailure failure) {
        var why = String.valueOf(failure.getMessage());
        if (!why.equals(refusing)) {
            LOG.error("Nothing can be accepted", failure);
        }
        refusing = why;
    }

    /** Nobody may send any more, once the server has said that it is not ready. */
    private void probe() {
        try {
            journal.probe();
            refusing = "";
            LOG.info("Entries can be accepted again");
        } catch (JournalFailure still) {
            report(still);
        }
    }

    private static void refuse(List<Waiting> group, String message) {
        group.forEach(waiting -> waiting.answer().completeExceptionally(new Unavailable(message)));
    }

    /** Accepts what waits, stores it, and closes the journal. */
    @Override
    public void close() {
        closed = true;
        try {
            accepting.join();
            queue.forEach(waiting -> waiting.answer()
                    .completeExceptionally(new Unavailable("The server is stopping. Send again later.")));
            storing.stop();
            profiles.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        journal.close();
    }
}
