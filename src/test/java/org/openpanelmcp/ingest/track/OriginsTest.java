package org.openpanelmcp.ingest.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
    @ParameterizedTest
    @CsvSource({
        "https://foo.com, https://foo.com, true",
        "https://www.foo.com, https://foo.com, true",
        "http://foo.com, foo.com/, true",
        "https://FOO.com, https://www.foo.com/, true",
        "https://foo.com:8443, https://foo.com, false",
        "https://bar.com, https://foo.com, false",
        "https://x.foo.com, *.foo.com, true",
        "https://a.b.foo.com, https://*.foo.com, true",
        "https://foo.com, *.foo.com, false",
        "http://x.foo.com, https://*.foo.com, false",
        "http://localhost:3000, http://localhost:*, true",
        "https://pr-12.preview.foo.com, pr-*.preview.foo.com, true",
        "https://anything.example, *, true",
        "null, *, true",
        "'', *, false",
        "https://foo.com, '', false"
    })
    void anOriginIsOnTheListOrNot(String origin, String entry, boolean allowed) {
        assertThat(Origins.allowed(origin, List.of(entry))).isEqualTo(allowed);
    }

    /** The original looks for the pattern anywhere in the origin. */
    @ParameterizedTest
    @CsvSource({
        "https://x.foo.com.evil.org, *.foo.com",
        "https://evil.org/x.foo.com, *.foo.com",
        "https://evilfoo.com, *.foo.com",
        "https://foo.com.evil.org, https://foo.com",
        "https://foo.www.com, https://foo.com",
        "https://x.foo.com:1, *.foo.com",
        "https://xfoo-com, *.foo.com"
    })
    void w14_aPatternStandsForTheWholeOrigin(String origin, String entry) {
        assertThat(Origins.allowed(origin, List.of(entry))).isFalse();
    }
}
