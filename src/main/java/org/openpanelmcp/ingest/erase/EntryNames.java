package org.openpanelmcp.ingest.erase;

import java.util.List;
import org.openpanelmcp.ingest.Entry;
import org.openpanelmcp.metadata.Erased;
import org.openpanelmcp.metadata.Marks;

/** Whose an entry is, and when it happened. */
final class EntryNames {
    private EntryNames() {}

    static long moment(Entry entry) {
        return entry instanceof Entry.Event event ? event.at() : entry.receivedAt();
    }

    /** Whether it names somebody, and not only a device. */
    static boolean isIdentified(Entry entry, String device) {
        var profile = entry.profileId();
        return !profile.isEmpty() && !profile.equals(device);
    }

    /** @param device the one that was decided on; empty: none, or it is not decided yet */
    static boolean isErased(Entry entry, String device, Marks marks) {
        long at = moment(entry);
        // Nearly always: what comes in now happened after all deletions.
        if (at > marks.latest(entry.projectId())) {
            return false;
        }
        var profile = entry.profileId();
        if (!profile.isEmpty() && at <= until(marks, Erased.Kind.PROFILE, entry.projectId(), profile)) {
            return true;
        }
        var devices = device.isEmpty() ? entry.deviceIds() : List.of(device);
        return devices.stream()
                .filter(id -> profile.isEmpty() || profile.equals(id))
                .anyMatch(id -> at <= until(marks, Erased.Kind.DEVICE, entry.projectId(), id)
                        || at <= until(marks, Erased.Kind.PROFILE, entry.projectId(), id));
    }

    private static long until(Marks marks, Erased.Kind kind, String projectId, String id) {
        return marks.erasedUntil(new Erased(kind, projectId, id));
    }
}
