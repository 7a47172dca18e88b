package org.openpanelmcp.ingest.write;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.store.Batch;
import org.openpanelmcp.store.EventRow;
import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.SessionRow;
import org.openpanelmcp.store.SessionRow.Campaign;
import org.openpanelmcp.store.SessionRow.Counts;
import org.openpanelmcp.store.SessionRow.Opening;
import org.openpanelmcp.store.SessionRow.Page;
import org.openpanelmcp.store.Source;

/**
 * A session while its events are added. What it is in the end does not depend on their order: sums, extremes by time, and
 * unions only. The same rules, in SQL, make the sessions of an import without any.
 */
final class SessionState {
    private static final String AFTER_ALL_IDS = "~";

    private final RowKey key;
    private final String deviceId;
    private final @Nullable SessionRow stored;
    private final Mark first;
    private final Mark entryPath;
    private final Mark entryOrigin;
    private final Mark exitPath;
    private final Mark exitOrigin;
    private final Mark person;
    private final TreeSet<String> groups = new TreeSet<>();
    private String firstProfile;
    private long startedAt;
    private long endedAt;
    private Counts counts;
    private @Nullable Opening opening;
    /** The event that it begins with, if that came in with this batch. */
    private @Nullable EventRow opener;

    private @Nullable Long touchedAt;
    private boolean changed;

    private SessionState(RowKey key, String deviceId, long at) {
        this.key = key;
        this.deviceId = deviceId;
        this.stored = null;
        this.first = Mark.earliest(null, "");
        this.entryPath = Mark.earliest(null, "");
        this.entryOrigin = Mark.earliest(null, "");
        this.exitPath = Mark.latest(null, "");
        this.exitOrigin = Mark.latest(null, "");
        this.person = Mark.latest(null, "");
        this.firstProfile = "";
        this.startedAt = at;
        this.endedAt = at;
        this.counts = new Counts(0, 0, 0);
    }

    private SessionState(SessionRow row) {
        var marks = row.marks().isEmpty() ? imported(row) : Mark.read(row.marks());
        this.key = row.key();
        this.deviceId = row.deviceId();
        this.stored = row;
        this.first = Mark.earliest(marks.get(0), "first");
        this.entryPath = Mark.earliest(marks.get(1), row.entry().path());
        this.entryOrigin = Mark.earliest(marks.get(2), row.entry().origin());
        this.exitPath = Mark.latest(marks.get(3), row.exit().path());
        this.exitOrigin = Mark.latest(marks.get(4), row.exit().origin());
        this.person = Mark.latest(marks.get(5), marks.get(5) == null ? "" : row.profileId());
        this.groups.addAll(row.groups());
        this.firstProfile = row.profileId();
        this.startedAt = row.startedAt();
        this.endedAt = row.endedAt();
        this.counts = row.counts();
        this.opening = row.opening();
        this.touchedAt = row.touchedAt();
    }

    static SessionState begin(RowKey key, String deviceId, long at) {
        return new SessionState(key, deviceId, at);
    }

    static SessionState of(SessionRow row) {
        return new SessionState(row);
    }

    /** Which events gave an imported session its values is not known: the first and the last, then. */
    private static List<@Nullable Moment> imported(SessionRow row) {
        var start = new Moment(row.startedAt(), "");
        var end = new Moment(row.endedAt(), AFTER_ALL_IDS);
        boolean identified = !row.profileId().equals(row.deviceId());
        return Arrays.asList(
                start,
                row.entry().path().isEmpty() ? null : start,
                row.entry().origin().isEmpty() ? null : start,
                row.exit().path().isEmpty() ? null : end,
                row.exit().origin().isEmpty() ? null : end,
                identified ? end : null);
    }

    /**
     * Adds an event.
     *
     * @param fromServer whether a server sent it: it counts, but moves neither start nor end
     */
    void add(EventRow event, boolean fromServer, long receivedAt) {
        changed = true;
        count(event);
        groups.addAll(event.groups());
        var moment = new Moment(event.createdAt(), event.id().toString());
        if (!event.profileId().equals(event.deviceId())) {
            person.offer(moment, event.profileId());
        }
        touchedAt = Math.max(touchedAt == null ? receivedAt : touchedAt, receivedAt);
        if (fromServer) {
            return;
        }
        if (first.offer(moment, "first")) {
            startedAt = event.createdAt();
            firstProfile = event.profileId();
            opener = event;
            opening = new Opening(event.surroundings(), campaign(event), event.source());
        }
        endedAt = Math.max(endedAt, event.createdAt());
        entryPath.offer(moment, event.path());
        entryOrigin.offer(moment, event.origin());
        exitPath.offer(moment, event.path());
        exitOrigin.offer(moment, event.origin());
    }

    /** An event called {@code screen_view} is a page view, with a path or without. */
    private void count(EventRow event) {
        boolean view = event.name().equals("screen_view");
        counts = new Counts(
                counts.screenViews() + (view ? 1 : 0),
                counts.otherEvents() + (view ? 0 : 1),
                counts.revenue() + (event.name().equals("revenue") ? event.revenue() : 0));
    }

    private static Campaign campaign(EventRow event) {
        return new Campaign(
                parameter(event, "utm_medium"),
                parameter(event, "utm_source"),
                parameter(event, "utm_campaign"),
                parameter(event, "utm_content"),
                parameter(event, "utm_term"));
    }

    private static String parameter(EventRow event, String name) {
        return event.properties().getOrDefault("__query." + name, "");
    }

    /** Whether an event at this place would be the first. */
    boolean wouldBegin(EventRow event) {
        return first.takes(new Moment(event.createdAt(), event.id().toString()));
    }

    /** What its first event told; null before it has one. */
    @Nullable
    Opening opening() {
        return opening;
    }

    /** Where it came from. */
    Source source() {
        var known = opening;
        return known == null ? Source.DIRECT : known.source();
    }

    @Nullable
    SessionRow stored() {
        return stored;
    }

    /** The event that it begins with, if that came in with this batch. */
    @Nullable
    EventRow opener() {
        return opener;
    }

    /** Whether it has an event of its own, not only one that a server sent. */
    boolean hasBegun() {
        return opening != null;
    }

    /** Whether events were added. */
    boolean isChanged() {
        return changed;
    }

    String profileId() {
        return person.isSet() ? person.text() : firstProfile;
    }

    Batch.SessionChange change() {
        var before = stored;
        return new Batch.SessionChange(row(), before == null ? null : (Long) before.startedAt());
    }

    SessionRow row() {
        var told = opening;
        if (told == null) {
            throw new IllegalStateException("session " + key.id() + " has no event of its own");
        }
        return new SessionRow(
                key,
                deviceId,
                profileId(),
                List.copyOf(groups),
                startedAt,
                endedAt,
                new Page(entryOrigin.text(), entryPath.text()),
                new Page(exitOrigin.text(), exitPath.text()),
                counts,
                told,
                touchedAt,
                Mark.write(List.of(first, entryPath, entryOrigin, exitPath, exitOrigin, person)),
                stored == null ? 1 : stored.version() + 1);
    }
}
