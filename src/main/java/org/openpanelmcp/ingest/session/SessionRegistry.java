package org.openpanelmcp.ingest.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openpanelmcp.ingest.Entry;
import org.openpanelmcp.store.EventWriter;
import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.SessionIds;
import org.openpanelmcp.store.SessionSpan;
import org.openpanelmcp.store.WriteFailure;

/**
 * Decides which session an event belongs to. It is the one place that opens and extends sessions; safe for several
 * threads, which it lets in one by one.
 *
 * <p>Sessions of the last hours are in memory, older ones are asked of the store. Decisions are taken back with
 * {@link #rollBack} when they could not be journalled.
 */
public final class SessionRegistry {
    /** How long before a payment, say, a visit may have been that a server reports it for. */
    private static final long ATTRIBUTION = Duration.ofDays(30).toMillis();

    /** What trackers sent late, after a day without a network, is decided in memory. */
    private static final long KEPT = Duration.ofHours(26).toMillis();

    private static final long KEPT_AFTER_USE = Duration.ofMinutes(5).toMillis();

    /** Devices whose sessions left the memory, in 20 MB at most. */
    private static final int FORGOTTEN = 4_000_000;

    private final EventWriter store;
    private final int most;
    private final Spans spans = new Spans();
    private final Forgotten forgotten = new Forgotten(FORGOTTEN);
    private final Deque<Runnable> undo = new ArrayDeque<>();
    /** Sessions that ended after this moment are all in memory. */
    private long horizon = Long.MAX_VALUE;

    /** @param most sessions in memory; beyond that the oldest are asked of the store */
    public SessionRegistry(EventWriter store, int most) {
        this.store = store;
        this.most = most;
    }

    /** Takes up the sessions of the last hours; again after somebody else wrote. */
    public void load(long now) throws WriteFailure {
        var from = now - KEPT;
        var stored = store.spans(from, most);
        synchronized (this) {
            stored.forEach(span -> spans.load(span, now));
            horizon = stored.size() < most
                    ? from
                    : stored.stream().mapToLong(SessionSpan::endedAt).min().orElse(from);
            forgotten.begin(horizon);
        }
    }

    /** These sessions are gone from the store, or not what they were. */
    public void forget(Collection<RowKey> sessions, long now) throws WriteFailure {
        var gone = Set.copyOf(sessions);
        synchronized (this) {
            spans.all().stream()
                    .filter(span -> gone.contains(new RowKey(span.device.projectId(), span.sessionId)))
                    .forEach(spans::remove);
        }
        load(now);
    }

    /** Gets from the store what deciding about these events may need; before {@link #decide}. */
    public synchronized void prepare(List<Entry.Event> events, long now) throws WriteFailure {
        prepareDevices(events, now);
        prepareProfiles(events, now);
    }

    private void prepareDevices(List<Entry.Event> events, long now) throws WriteFailure {
        var devices = new HashSet<RowKey>();
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (var event : events) {
            var reach = reach(event);
            if (event.at() - reach > horizon || event.deviceIds().isEmpty()) {
                continue;
            }
            for (var id : event.deviceIds()) {
                var device = new RowKey(event.projectId(), id);
                if (spans.holding(device, event.at()).isEmpty() && forgotten.mayHold(device, event.at() - reach)) {
                    devices.add(device);
                    from = Math.min(from, event.at() - reach);
                    to = Math.max(to, event.at() + SessionIds.TIMEOUT);
                }
            }
        }
        if (!devices.isEmpty()) {
            store.spansOfDevices(devices, from, to).forEach(span -> spans.load(span, now));
        }
    }

    private void prepareProfiles(List<Entry.Event> events, long now) throws WriteFailure {
        Set<RowKey> profiles = new HashSet<>();
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (var event : events) {
            var reach = reach(event);
            var profile = new RowKey(event.projectId(), event.profileId());
            if (event.fromServer()
                    && !event.profileId().isEmpty()
                    && event.at() - reach <= horizon
                    && spans.latestOfProfile(profile, event.at()).isEmpty()) {
                profiles.add(profile);
                from = Math.min(from, event.at() - reach);
                to = Math.max(to, event.at());
            }
        }
        if (!profiles.isEmpty()) {
            store.spansOfProfiles(profiles, from, to).forEach(span -> spans.load(span, now));
        }
    }

    /** How long before an event its session may have ended. */
    private static long reach(Entry.Event event) {
        return isAttributed(event) ? ATTRIBUTION : SessionIds.TIMEOUT;
    }

    private static boolean isAttributed(Entry.Event event) {
        return event.fromServer() && event.name().equals("revenue");
    }

    /**
     * Decides, and remembers the decision.
     *
     * @param seq the number that the event will have in the journal
     */
    public synchronized Decision decide(Entry.Event event, long seq) {
        if (event.fromServer()) {
            return join(event, seq);
        }
        if (event.deviceIds().isEmpty()) {
            return Decision.NOWHERE;
        }
        for (var id : event.deviceIds()) {
            var span = spans.holding(new RowKey(event.projectId(), id), event.at());
            if (span.isPresent()) {
                extend(span.get(), event, seq);
                return decision(span.get());
            }
        }
        return open(event, seq);
    }

    private static Decision decision(Span span) {
        return new Decision(span.device.id(), span.sessionId, span.start, false);
    }

    private Decision open(Entry.Event event, long seq) {
        var deviceId = event.deviceIds().getFirst();
        var device = new RowKey(event.projectId(), deviceId);
        var sessionId = SessionIds.of(event.projectId(), deviceId, event.at());
        var span = new Span(device, sessionId, event.profileId(), event.at(), event.at());
        span.lastSeq = seq;
        span.usedAt = event.receivedAt();
        spans.add(span);
        undo.push(() -> spans.remove(span));
        return new Decision(deviceId, sessionId, event.at(), true);
    }

    private void extend(Span span, Entry.Event event, long seq) {
        var start = span.start;
        var end = span.end;
        var lastSeq = span.lastSeq;
        var profileId = span.profileId;
        undo.push(() -> {
            span.start = start;
            span.end = end;
            span.lastSeq = lastSeq;
            spans.identify(span, profileId);
        });
        span.start = Math.min(start, event.at());
        span.end = Math.max(end, event.at());
        span.lastSeq = seq;
        span.usedAt = event.receivedAt();
        if (!event.profileId().isEmpty() && !event.profileId().equals(span.device.id())) {
            spans.identify(span, event.profileId());
        }
    }

    /** A server's event opens and extends nothing; a payment finds the visit before it, also when that is over. */
    private Decision join(Entry.Event event, long seq) {
        var found = ofDevices(event).or(() -> ofProfile(event));
        if (found.isPresent()) {
            found.get().lastSeq = Math.max(found.get().lastSeq, seq);
            return decision(found.get());
        }
        return event.deviceIds().isEmpty()
                ? Decision.NOWHERE
                : new Decision(event.deviceIds().getFirst(), "", 0, false);
    }

    private Optional<Span> ofDevices(Entry.Event event) {
        for (var id : event.deviceIds()) {
            var device = new RowKey(event.projectId(), id);
            var span = spans.holding(device, event.at())
                    .or(() -> isAttributed(event)
                            ? within(spans.latestOfDevice(device, event.at()), event)
                            : Optional.empty());
            if (span.isPresent()) {
                return span;
            }
        }
        return Optional.empty();
    }

    private Optional<Span> ofProfile(Entry.Event event) {
        return event.profileId().isEmpty()
                ? Optional.empty()
                : within(spans.latestOfProfile(new RowKey(event.projectId(), event.profileId()), event.at()), event);
    }

    private static Optional<Span> within(Optional<Span> span, Entry.Event event) {
        return span.filter(found -> event.at() - found.end <= reach(event));
    }

    /** Who a caller is at this moment: the first candidate with a live session, else the first. */
    public synchronized Decision whoIs(String projectId, List<String> deviceIds, long now) {
        for (var id : deviceIds) {
            var span = spans.holding(new RowKey(projectId, id), now);
            if (span.isPresent()) {
                return decision(span.get());
            }
        }
        return deviceIds.isEmpty() ? Decision.NOWHERE : new Decision(deviceIds.getFirst(), "", 0, false);
    }

    /** What was decided since the last time is in the journal. */
    public synchronized void commit() {
        undo.clear();
    }

    /** What was decided since the last time could not be journalled: it never was. */
    public synchronized void rollBack() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    /**
     * Lets go of sessions that are over long since, and of the oldest when there are too many.
     *
     * @param stored up to where the journal is stored; later ones are known here only
     */
    public synchronized void tidy(long stored, long now) {
        spans.all().stream().filter(span -> isOver(span, stored, now)).forEach(span -> {
            forget(span);
            forgotten.addOld(span);
        });
        var excess = spans.size() - most;
        if (excess > 0) {
            spans.all().stream()
                    .filter(span -> span.lastSeq <= stored)
                    .sorted(Comparator.comparingLong(span -> span.end))
                    .limit(excess + most / 10)
                    .forEach(span -> {
                        forget(span);
                        forgotten.add(span);
                    });
        }
    }

    private static boolean isOver(Span span, long stored, long now) {
        return span.lastSeq <= stored && span.end < now - KEPT && span.usedAt < now - KEPT_AFTER_USE;
    }

    private void forget(Span span) {
        spans.remove(span);
        horizon = Math.max(horizon, span.end);
    }
}
