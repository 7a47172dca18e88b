package org.openpanelmcp.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("acme-shop", "acme-empty", "globex-app");

    @Test
    void findsTheWordWithTheFewestChanges() {
        assertThat(Nearest.to("acme-shpo", KNOWN)).contains("acme-shop");
        assertThat(Nearest.to("GLOBEX_APP", KNOWN)).contains("globex-app");
    }

    @Test
    void findsTheWordThatBeginsSo() {
        assertThat(Nearest.to("glob", KNOWN)).contains("globex-app");
    }

    @Test
    void findsNothingForAnythingElse() {
        assertThat(Nearest.to("weather", KNOWN)).isEmpty();
        assertThat(Nearest.to("", KNOWN)).isEmpty();
        assertThat(Nearest.to("x".repeat(1_000_000), KNOWN)).isEmpty();
    }

    @Test
    void listsSeveralWithTheNearestFirst() {
        assertThat(Nearest.several("acme-sho", KNOWN, 9)).containsExactly("acme-shop");
        assertThat(Nearest.several("acme-", KNOWN, 9)).containsExactly("acme-empty", "acme-shop");
        assertThat(Nearest.several("acme-", KNOWN, 1)).containsExactly("acme-empty");
    }
}
