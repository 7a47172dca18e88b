package org.openpanelmcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
    private static final Endpoint NONE = request -> Response.empty(204);

    private final Router router = new Router()
            .add("GET", "/{org}/{project}/{rest...}", NONE)
            .add("GET", "/{org}/{project}", NONE)
            .add("GET", "/assets/{file...}", NONE)
            .add("GET", "/assets/logo", NONE)
            .add("GET", "/{org}/settings", NONE)
            .add("GET", "/", NONE);

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/assets/logo, /assets/logo",
        "/assets/logo/, /assets/logo",
        "/assets/x, /assets/{file...}",
        "/acme/settings, /{org}/settings",
        "/acme/shop, /{org}/{project}",
        "/acme/shop/a/b, /{org}/{project}/{rest...}"
    })
    void findsTheMostExactPattern(String path, String pattern) {
        assertThat(router.match(Path.decoded(path)).orElseThrow().route().pattern())
                .isEqualTo(pattern);
    }

    @Test
    void findsNothingForAnUnknownPath() {
        assertThat(router.match(Path.decoded("/assets"))).isEmpty();
    }

    @Test
    void namesTheReservedFirstSegments() {
        assertThat(router.reservedNames()).containsExactly("assets");
    }

    @Test
    void refusesTwoEndpointsForOneMethodAndTwoPoliciesForOnePath() {
        assertThatThrownBy(() -> router.add("GET", "/assets/logo", NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GET /assets/logo");
        assertThatThrownBy(() -> router.add("POST", "/assets/logo", OriginPolicy.ANY, NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
