package org.openpanelmcp.ingest.track;

import java.util.UUID;
import java.util.regex.Pattern;
import org.openpanelmcp.text.NamedUuid;

/** Ids of events: the sender's when it is a UUID, else a name-based one (RFC 9562, version 5), the same as an import makes. */
final class EventIds {
    private static final UUID NAMESPACE = UUID.fromString("3d1b9fd2-6c5e-4f0e-9c55-8d1e0c1d7a4b");
    private static final Pattern TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private EventIds() {}

    static UUID of(String projectId, String id) {
        return TEXT.matcher(id).matches() ? UUID.fromString(id) : NamedUuid.of(NAMESPACE, projectId + "\n" + id);
    }
}
