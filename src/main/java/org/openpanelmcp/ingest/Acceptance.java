package org.openpanelmcp.ingest;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.ingest.journal.DeadLetter;
import org.openpanelmcp.ingest.journal.Journal;
import org.openpanelmcp.ingest.journal.JournalEntry;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.ingest.session.Decision;
import org.openpanelmcp.ingest.session.SessionRegistry;
import org.openpanelmcp.store.WriteFailure;

/** Decides about groups of offers and journals them, each group with one sync. Used by one thread. */
final class Acceptance {
    private final Journal journal;
    private final SessionRegistry sessions;
    private final RetryKeys retries;
    private final InstantSource clock;
    private final Screen screen;
    private final List<Journal.Addition> additions = new ArrayList<>();

    Acceptance(Journal journal, SessionRegistry sessions, InstantSource clock, Screen screen) {
        this.journal = journal;
        this.sessions = sessions;
        this.retries = new RetryKeys(journal);
        this.clock = clock;
        this.screen = screen;
    }

    /**
     * Accepts offers, and puts dead letters into the journal again, where they were decided to belong.
     *
     * @return one receipt for each offer; when it throws, nothing was kept
     */
    List<Receipt> accept(List<Offer> offers, List<DeadLetter> revived) throws JournalFailure, WriteFailure {
        boolean kept = false;
        try {
            sessions.prepare(events(offers), clock.millis());
            var receipts = new ArrayList<Receipt>();
            var sieve = screen.sieve(clock.millis());
            for (var offer : offers) {
                receipts.add(sieve.holdsBack(offer.entry()) ? new Receipt.HeldBack() : accept(offer));
            }
            revived.forEach(this::revive);
            if (!additions.isEmpty()) {
                journal.append(additions);
            }
            kept = true;
            return receipts;
        } finally {
            additions.clear();
            if (kept) {
                sessions.commit();
                retries.commit();
            } else {
                sessions.rollBack();
                retries.rollBack();
            }
        }
    }

    /** Requests of these devices stay known, but not whose they were. */
    void forgetSenders(Collection<String> devices) {
        retries.forgetSenders(devices);
    }

    private void revive(DeadLetter letter) {
        var old = letter.entry();
        var entry =
                new JournalEntry(nextSeq(), old.entry(), old.deviceId(), old.sessionId(), old.sessionStart(), false);
        additions.add(new Journal.Addition(entry, null, old.seq()));
    }

    private long nextSeq() {
        return journal.lastSeq() + additions.size() + 1;
    }

    private static List<Entry.Event> events(List<Offer> offers) {
        var events = new ArrayList<Entry.Event>();
        for (var offer : offers) {
            if (offer.entry() instanceof Entry.Event event) {
                events.add(event);
            }
        }
        return events;
    }

    private Receipt accept(Offer offer) throws JournalFailure {
        var now = clock.millis();
        var retry = offer.retry();
        if (retry != null) {
            var before = retries.find(retry, now);
            if (before.isPresent()) {
                return new Receipt.Kept(before.get().deviceId(), before.get().sessionId(), true);
            }
        }
        var seq = nextSeq();
        var decision = decide(offer.entry(), seq, now);
        additions.add(new Journal.Addition(entry(offer.entry(), seq, decision), remember(retry, decision, now), null));
        return new Receipt.Kept(decision.deviceId(), decision.sessionId(), false);
    }

    private Decision decide(Entry entry, long seq, long now) {
        return switch (entry) {
            case Entry.Event event -> sessions.decide(event, seq);
            case Entry.GroupMembership membership ->
                sessions.whoIs(membership.projectId(), membership.deviceIds(), now);
            case Entry.ProfilePatch patch -> Decision.NOWHERE;
            case Entry.ProfileIncrement increment -> Decision.NOWHERE;
            case Entry.GroupPatch patch -> Decision.NOWHERE;
        };
    }

    private static JournalEntry entry(Entry entry, long seq, Decision decision) {
        return new JournalEntry(
                seq, entry, decision.deviceId(), decision.sessionId(), decision.sessionStart(), decision.opens());
    }

    private Journal.@Nullable Remembered remember(Offer.@Nullable Retry retry, Decision decision, long now) {
        if (retry == null) {
            return null;
        }
        var remembered = new Journal.Remembered(
                retry.key(), now + retry.windowMillis(), decision.deviceId(), decision.sessionId());
        retries.add(remembered);
        return RetryKeys.isShort(retry) ? null : remembered;
    }
}
