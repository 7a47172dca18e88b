package org.openpanelmcp.ingest;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.openpanelmcp.ingest.journal.Journal;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.ingest.session.SessionRegistry;
import org.openpanelmcp.ingest.write.Drain;
import org.openpanelmcp.store.WriteFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that stores: a batch a few times a second, and now and then what is due. */
final class Storing {
    private static final Logger LOG = LoggerFactory.getLogger(Storing.class);
    private static final long PAUSE = Duration.ofMillis(500).toNanos();
    private static final long AFTER_FAILURE = Duration.ofSeconds(2).toNanos();
    private static final long HOUSEKEEPING = Duration.ofSeconds(1).toNanos();
    /** What is stored stays in the journal for so long at most, for a store that has to be rebuilt. */
    private static final long RETAINED_MILLIS = Duration.ofDays(7).toMillis();

    /** So many are worth a batch of their own at once. */
    private static final long MANY = 5_000;

    /** When so many wait, those who send are slowed down: what they sent is to be seen soon. */
    private static final long AHEAD = 15_000;

    /** After a time in which nothing could be stored, nobody is slowed down for what gathered in it. */
    private static final long FAR_AHEAD = 150_000;

    private static final long SLOWED = Duration.ofMillis(500).toNanos();

    /** So many keep pace with whatever is accepted in a second. */
    private static final int PIECES = 20;

    private final Journal journal;
    private final Drain drain;
    private final SessionRegistry sessions;
    private final InstantSource clock;
    private final long retained;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Condition progress = lock.newCondition();
    private final Thread thread;
    private boolean hurry;
    /** How often everything due was done; under the lock. */
    private long rounds;

    private volatile boolean closed;
    private volatile String trouble = "";
    private volatile long housekeepingAt = System.nanoTime();

    Storing(Journal journal, Drain drain, SessionRegistry sessions, InstantSource clock, long retained) {
        this.retained = retained;
        this.journal = journal;
        this.drain = drain;
        this.sessions = sessions;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("storing").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    long position() {
        return drain.position();
    }

    /** Why nothing is stored now; empty when all is well. */
    String trouble() {
        return trouble;
    }

    /** There is more in the journal. */
    void wake() {
        lock.lock();
        try {
            more.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the journal is stored up to a position. @return whether it is, within the time */
    boolean await(long position, long millis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            hurry = true;
            more.signal();
            while (drain.position() < position && left > 0) {
                left = progress.awaitNanos(left);
            }
            return drain.position() >= position;
        } finally {
            lock.unlock();
        }
    }

    /** Waits a moment for what was accepted to be stored, when that is too much. */
    void keepPace() throws InterruptedException {
        long left = SLOWED;
        lock.lock();
        try {
            while (!closed && left > 0 && waiting() > AHEAD && waiting() < FAR_AHEAD) {
                left = progress.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has the ends of sessions recorded that are due, now instead of in a while, and waits for it. */
    void endSessions() throws InterruptedException {
        lock.lock();
        try {
            housekeepingAt = System.nanoTime();
            hurry = true;
            more.signal();
            long before = rounds;
            while (rounds < before + 2 && !closed) {
                hurry = true;
                more.signal();
                progress.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (!closed) {
            long rest = PAUSE;
            try {
                drain.step();
                housekeep();
                trouble = "";
            } catch (WriteFailure | JournalFailure failure) {
                report(String.valueOf(failure.getMessage()), failure);
                rest = AFTER_FAILURE;
            } catch (RuntimeException failure) {
                report("a defect of the program", failure);
                rest = AFTER_FAILURE;
            }
            rest(rest);
        }
    }

    private void report(String why, Exception failure) {
        if (!why.equals(trouble)) {
            LOG.error("Nothing can be stored now; what is accepted stays in the journal: {}", why, failure);
        }
        trouble = why;
    }

    private void housekeep() throws WriteFailure, JournalFailure {
        if (drain.othersWrote()) {
            sessions.load(clock.millis());
        }
        if (System.nanoTime() - housekeepingAt < 0) {
            return;
        }
        housekeepingAt = System.nanoTime() + HOUSEKEEPING;
        drain.endSessions();
        prune();
        sessions.tidy(drain.position(), clock.millis());
    }

    /**
     * In pieces, between which others may write. To overwrite what is deleted takes as much writing again, so that it waits
     * until less is accepted, unless there is twice as much as should be.
     */
    private void prune() throws JournalFailure {
        long now = clock.millis();
        long most = waiting() < MANY ? retained : 2 * retained;
        for (int i = 0; i < PIECES; i++) {
            if (!journal.prune(drain.position(), now - RETAINED_MILLIS, most, now)) {
                return;
            }
        }
    }

    /** Until the pause is over, or so much waits that it is not worth waiting for; longer while there is nothing. */
    private void rest(long nanos) {
        lock.lock();
        try {
            rounds++;
            progress.signalAll();
            long left = nanos;
            while (!closed && left > 0 && !hurry && waiting() < MANY) {
                left = more.awaitNanos(left);
            }
            hurry = false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private long waiting() {
        return trouble.isEmpty() ? journal.lastSeq() - drain.position() : 0;
    }

    /** Stores what can be stored, and ends. What cannot stays in the journal. */
    void stop() throws InterruptedException {
        closed = true;
        wake();
        thread.join();
        try {
            while (drain.step() > 0) {
                LOG.debug("Stored up to entry {}", drain.position());
            }
        } catch (WriteFailure | JournalFailure failure) {
            LOG.warn("What is accepted but not stored stays in the journal", failure);
        }
    }
}
