package org.openpanelmcp.tool;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.openpanelmcp.access.InstallationKey;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Handles as the installation of a data directory signs them, for answers that no tool gives now. */
public final class OldHandles {
    private OldHandles() {}

    /** @param age how long ago the answer was given, by the real clock */
    public static String write(
            Path data, String clientId, String tool, String projectId, String arguments, Duration age) {
        var given = Instant.now().minus(age);
        var handles = new Handles(InstallationKey.load(data).keyFor("cursor"), () -> given);
        var question = new PastQuestion(tool, projectId, given, (ObjectNode) new JsonMapper().readTree(arguments));
        return handles.write(clientId, question).orElseThrow();
    }
}
