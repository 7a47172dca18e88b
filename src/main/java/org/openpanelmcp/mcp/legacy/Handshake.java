package org.openpanelmcp.mcp.legacy;

import org.openpanelmcp.mcp.Revision;
import tools.jackson.databind.JsonNode;

/** The opening of revisions up to 2025-11-25. Nothing of it is kept: every request is judged on its own. */
public final class Handshake {
    private Handshake() {}

    /** The revision to go on with: the one that the client asks for when it is known here, otherwise the newest. */
    public static Revision agreed(JsonNode requested) {
        return Revision.find(requested.asString(""))
                .filter(revision -> !revision.modern())
                .orElse(Revision.V2025_11_25);
    }
}
