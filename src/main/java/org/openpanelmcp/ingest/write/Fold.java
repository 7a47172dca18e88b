package org.openpanelmcp.ingest.write;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openpanelmcp.ingest.Entry;
import org.openpanelmcp.ingest.journal.JournalEntry;
import org.openpanelmcp.store.Batch;
import org.openpanelmcp.store.EventRow;
import org.openpanelmcp.store.EventWriter;
import org.openpanelmcp.store.GroupRow;
import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.WriteFailure;

/** Makes one batch of some entries: their events, and what these make of sessions, profiles and groups. */
final class Fold {
    /** What is outside has no date that queries can reckon with. */
    private static final long EARLIEST = Instant.parse("1970-01-02T00:00:00Z").toEpochMilli();

    private static final long LATEST = Instant.parse("2200-01-01T00:00:00Z").toEpochMilli();

    private final Recent recent;
    private final Map<RowKey, SessionState> sessions = new LinkedHashMap<>();
    private final Map<RowKey, ProfileState> profiles = new LinkedHashMap<>();
    private final Map<RowKey, GroupRow> groups = new HashMap<>();
    private final Map<RowKey, GroupRow> changedGroups = new LinkedHashMap<>();
    private final List<EventRow> events = new ArrayList<>();

    private Fold(Recent recent) {
        this.recent = recent;
    }

    /**
     * Begins a batch with what is stored of everything that the entries touch.
     *
     * @param alone whether nobody else can have stored the sessions that begin here
     */
    static Fold over(List<JournalEntry> entries, EventWriter store, Recent recent, boolean alone) throws WriteFailure {
        var fold = new Fold(recent);
        fold.loadSessions(entries, store, alone);
        fold.loadPeople(entries, store);
        return fold;
    }

    private void loadSessions(List<JournalEntry> entries, EventWriter store, boolean alone) throws WriteFailure {
        var opened = new HashSet<RowKey>();
        var missing = new HashSet<RowKey>();
        long since = Long.MAX_VALUE;
        for (var entry : entries) {
            var key = new RowKey(entry.entry().projectId(), entry.sessionId());
            if (entry.opens() && alone) {
                opened.add(key);
            } else if (!entry.sessionId().isEmpty() && !opened.contains(key)) {
                var row = recent.sessions().get(key);
                if (row != null) {
                    sessions.put(key, SessionState.of(row));
                } else {
                    missing.add(key);
                    since = Math.min(since, entry.sessionStart());
                }
            }
        }
        for (var row : store.sessions(missing, since)) {
            sessions.put(row.key(), SessionState.of(row));
        }
    }

    private void loadPeople(List<JournalEntry> entries, EventWriter store) throws WriteFailure {
        var missing = new HashSet<RowKey>();
        var wantedGroups = new HashSet<RowKey>();
        for (var entry : entries) {
            if (entry.entry() instanceof Entry.GroupPatch patch) {
                wantedGroups.add(new RowKey(patch.projectId(), patch.groupId()));
                continue;
            }
            var key = new RowKey(entry.entry().projectId(), profileId(entry));
            if (key.id().isEmpty()) {
                continue;
            }
            var row = recent.profiles().get(key);
            if (row != null) {
                profiles.put(key, ProfileState.of(row));
            } else {
                missing.add(key);
            }
        }
        for (var row : store.profiles(missing)) {
            profiles.put(row.key(), ProfileState.of(row));
        }
        for (var row : store.groups(wantedGroups)) {
            groups.put(row.key(), row);
        }
    }

    private static String profileId(JournalEntry entry) {
        var said = entry.entry().profileId();
        return said.isEmpty() ? entry.deviceId() : said;
    }

    /** @throws Unfit when the entry cannot be applied; nothing has changed then */
    void apply(JournalEntry entry) throws Unfit {
        var key = new RowKey(entry.entry().projectId(), profileId(entry));
        switch (entry.entry()) {
            case Entry.Event event -> apply(entry, event);
            case Entry.ProfilePatch patch -> profile(key, patch.receivedAt()).merge(patch);
            case Entry.ProfileIncrement increment -> increment(key, increment);
            case Entry.GroupPatch patch -> apply(patch);
            case Entry.GroupMembership membership ->
                profile(key, membership.receivedAt())
                        .join(membership.groupIds(), !membership.profileId().isEmpty(), membership.receivedAt());
        }
    }

    private void increment(RowKey key, Entry.ProfileIncrement increment) throws Unfit {
        var state = profiles.get(key);
        if (state == null) {
            throw new Unfit("there is no profile '" + key.id() + "'");
        }
        state.increment(increment);
    }

    private ProfileState profile(RowKey key, long at) {
        return profiles.computeIfAbsent(key, absent -> ProfileState.begin(absent, at));
    }

    private void apply(JournalEntry entry, Entry.Event event) throws Unfit {
        if (event.revenue() < 0 || event.at() < EARLIEST || event.at() > LATEST) {
            throw new Unfit("an event at %d with the revenue %d is none that can be stored"
                    .formatted(event.at(), event.revenue()));
        }
        var row = EventRows.of(entry, event);
        boolean noteworthy = false;
        if (!entry.sessionId().isEmpty()) {
            var session = session(entry, event);
            row = EventRows.within(row, session, event.fromServer());
            if (session.hasBegun() || !event.fromServer()) {
                var before = session.profileId();
                session.add(row, event.fromServer(), event.receivedAt());
                noteworthy = entry.opens() || !before.equals(session.profileId());
            }
        }
        events.add(row);
        if (!row.profileId().isEmpty()) {
            var key = new RowKey(row.projectId(), row.profileId());
            boolean known = profiles.containsKey(key);
            profile(key, event.at())
                    .see(
                            event.at(),
                            !row.profileId().equals(row.deviceId()),
                            (noteworthy || !known) && !event.fromServer() ? row.surroundings() : null);
        }
    }

    private SessionState session(JournalEntry entry, Entry.Event event) {
        var key = new RowKey(event.projectId(), entry.sessionId());
        return sessions.computeIfAbsent(key, absent -> SessionState.begin(absent, entry.deviceId(), event.at()));
    }

    private void apply(Entry.GroupPatch patch) {
        var key = new RowKey(patch.projectId(), patch.groupId());
        var before = groups.get(key);
        var properties = new HashMap<String, String>();
        if (before != null && !before.deleted()) {
            properties.putAll(before.properties());
        }
        properties.putAll(patch.properties());
        var row = new GroupRow(
                key,
                patch.type(),
                patch.name(),
                Map.copyOf(properties),
                before == null || before.deleted() ? patch.receivedAt() : before.createdAt(),
                before == null ? patch.receivedAt() : Math.max(patch.receivedAt(), before.version() + 1),
                false);
        groups.put(key, row);
        changedGroups.put(key, row);
    }

    /** All of it, to be written. */
    Batch batch(Batch.Reach reach) {
        var removed = new ArrayList<Batch.Removal>();
        var changes = new ArrayList<Batch.SessionChange>();
        var rows = new ArrayList<>(events);
        for (var state : sessions.values()) {
            if (!state.isChanged()) {
                continue;
            }
            changes.add(state.change());
            var before = state.stored();
            var opener = state.opener();
            if (before != null && opener != null) {
                removed.add(new Batch.Removal(
                        before.key(), EventRows.SESSION_START, EventRows.startTime(before.startedAt())));
            }
            if (before != null && before.touchedAt() == null) {
                removed.add(
                        new Batch.Removal(before.key(), EventRows.SESSION_END, EventRows.endTime(before.endedAt())));
            }
            if (opener != null) {
                rows.add(EventRows.start(opener));
            }
        }
        var seen = new HashMap<RowKey, Long>();
        profiles.values().stream()
                .filter(ProfileState::isSighted)
                .forEach(state -> seen.put(state.key(), state.row().lastSeenAt()));
        return new Batch(
                reach,
                removed,
                rows,
                changes,
                profiles.values().stream()
                        .filter(ProfileState::isChanged)
                        .map(ProfileState::change)
                        .toList(),
                seen,
                List.copyOf(changedGroups.values()));
    }

    /** The batch is stored: what it made is what is stored now. */
    void stored(Batch batch) {
        batch.sessions().forEach(change -> recent.sessions().put(change.row().key(), change.row()));
        profiles.values().forEach(state -> recent.profiles().put(state.key(), state.row()));
    }
}
