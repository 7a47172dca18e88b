package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.metadata.Identifiers;

class RoutesTest {
    @TempDir
    Path data;

    /** An organization of that name could not be reached in the console. */
    @Test
    void noOrganizationCanShadowARoute() throws Exception {
        try (var server = TestServer.start(data, Map.of())) {
            var taken = server.reservedNames();
            assertThat(taken).contains("mcp", "track", "op1.js", "healthz", "metrics");
            assertThat(Identifiers.RESERVED).containsAll(taken);
        }
    }
}
