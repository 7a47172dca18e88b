package org.openpanelmcp.ingest.write;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.openpanelmcp.ingest.Entry;
import org.openpanelmcp.ingest.journal.JournalEntry;
import org.openpanelmcp.store.EventRow;
import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.Source;
import org.openpanelmcp.store.Surroundings;

/** Rows of events. */
final class EventRows {
    static final String SESSION_START = "session_start";
    static final String SESSION_END = "session_end";

    /** So that the start is listed before the event that caused it. */
    private static final long BEFORE_FIRST = 100;

    private static final long AFTER_LAST = 1000;

    private EventRows() {}

    /** The event as it was sent. */
    static EventRow of(JournalEntry entry, Entry.Event event) {
        var profileId = event.profileId().isEmpty() ? entry.deviceId() : event.profileId();
        return new EventRow(
                event.id(),
                event.projectId(),
                event.name(),
                event.at(),
                entry.deviceId(),
                profileId,
                entry.sessionId(),
                event.groups(),
                event.page().path(),
                event.page().origin(),
                new Source(
                        event.referrer().url(),
                        event.referrer().name(),
                        event.referrer().type()),
                surroundings(event),
                event.sdk().name(),
                event.sdk().version(),
                event.revenue(),
                event.properties());
    }

    private static Surroundings surroundings(Entry.Event event) {
        var place = event.place();
        var agent = event.agent();
        return new Surroundings(
                new Surroundings.Place(
                        place.country(), place.region(), place.city(), place.longitude(), place.latitude()),
                new Surroundings.Agent(
                        agent.os(),
                        agent.osVersion(),
                        agent.browser(),
                        agent.browserVersion(),
                        agent.device(),
                        agent.brand(),
                        agent.model()));
    }

    /** Within a session an event shows where the visit came from, a server's also where it is and with what. */
    static EventRow within(EventRow row, SessionState session, boolean fromServer) {
        var opening = session.opening();
        if (opening == null || (session.wouldBegin(row) && !fromServer)) {
            return row;
        }
        return new EventRow(
                row.id(),
                row.projectId(),
                row.name(),
                row.createdAt(),
                row.deviceId(),
                row.profileId(),
                row.sessionId(),
                row.groups(),
                row.path(),
                row.origin(),
                opening.source().isKnown() ? opening.source() : row.source(),
                fromServer ? opening.surroundings() : row.surroundings(),
                row.sdkName(),
                row.sdkVersion(),
                row.revenue(),
                row.properties());
    }

    /** The start of the session that begins with this event; it has no revenue of its own. */
    static EventRow start(EventRow first) {
        var name = first.projectId() + "\n" + first.sessionId() + "\n" + SESSION_START;
        return new EventRow(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                first.projectId(),
                SESSION_START,
                startTime(first.createdAt()),
                first.deviceId(),
                first.profileId(),
                first.sessionId(),
                first.groups(),
                first.path(),
                first.origin(),
                first.source(),
                first.surroundings(),
                first.sdkName(),
                first.sdkVersion(),
                0,
                first.properties());
    }

    static long startTime(long startedAt) {
        return startedAt - BEFORE_FIRST;
    }

    static long endTime(long endedAt) {
        return endedAt + AFTER_LAST;
    }

    static RowKey session(EventRow row) {
        return new RowKey(row.projectId(), row.sessionId());
    }
}
