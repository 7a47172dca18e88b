package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openpanelmcp.http.Response;
import org.openpanelmcp.metadata.Identifiers;

class RoutesTest {
    /** An organization of that name could not be reached in the console. */
    @Test
    void noOrganizationCanShadowARoute() {
        var taken = Server.router(request -> Response.empty(204)).reservedNames();
        assertThat(taken).contains("mcp");
        assertThat(Identifiers.RESERVED).containsAll(taken);
    }
}
