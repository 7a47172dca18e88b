package org.openpanelmcp.ingest.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTest {
    @Test
    void aFullAddressIsSplit() {
        assertThat(Page.of("https://Example.org:443/a/b?x=1&y=%C3%A5+b&x=2#top"))
                .isEqualTo(new Page("https://example.org", "/a/b", Map.of("x", "2", "y", "å b"), "#top"));
        assertThat(Page.of("http://localhost:3000")).isEqualTo(new Page("http://localhost:3000", "/", Map.of(), ""));
        assertThat(Page.of("https://example.org?utm_source=a"))
                .isEqualTo(new Page("https://example.org", "/", Map.of("utm_source", "a"), ""));
        assertThat(Page.of("https://user:pass@example.org/a").origin()).isEqualTo("https://example.org");
    }

    @Test
    void aPathHasNoOrigin() {
        assertThat(Page.of("/a?b=c#d")).isEqualTo(new Page("", "/a", Map.of("b", "c"), "#d"));
    }

    @Test
    void anythingElseIsTheNameOfAScreen() {
        assertThat(Page.of("Settings?x=1")).isEqualTo(new Page("", "Settings?x=1", Map.of(), ""));
        assertThat(Page.of("httpfoo")).isEqualTo(new Page("", "httpfoo", Map.of(), ""));
        assertThat(Page.of("https://in valid/a")).isEqualTo(new Page("", "https://in valid/a", Map.of(), ""));
        assertThat(Page.of("")).isEqualTo(Page.NONE);
    }

    @Test
    void whatCannotBeDecodedStays() {
        assertThat(Page.of("/a?x=100%&=y&z").query()).isEqualTo(Map.of("x", "100%", "z", ""));
    }
}
