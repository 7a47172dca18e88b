package org.openpanelmcp.ingest.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openpanelmcp.ingest.Entry;

class ReferrersTest {
    private static Entry.Referrer resolve(String address, String ownHost) {
        return Referrers.LIST.resolve(address, ownHost, Map.of());
    }

    @Test
    void theListIsLong() {
        assertThat(Referrers.LIST.size()).isGreaterThan(300);
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.google.com/, Google, search",
        "https://google.se, Google, search",
        "https://www.google.co.uk/url?q=x, Google, search",
        "https://mail.google.com/mail/u/0, Gmail, email",
        "https://gemini.google.com/app, Google Gemini, ai",
        "https://docs.google.com/document, Google Docs, tech",
        "https://cloud.google.com/, cloud.google.com, ''",
        "https://l.facebook.com/l.php, Facebook, social",
        "https://old.reddit.com/r/java, Reddit, social",
        "https://t.co/abc, Twitter, social",
        "https://news.ycombinator.com/item?id=1, Hacker News, social",
        "https://sv.wikipedia.org/wiki/Java, Wikipedia, content",
        "https://chatgpt.com/, ChatGPT, ai",
        "https://claude.ai/chat/1, Claude, ai",
        "https://www.perplexity.ai/, Perplexity, ai",
        "https://grok.com, Grok, ai",
        "https://copilot.microsoft.com/, Microsoft Copilot, ai",
        "https://v0.dev, v0, ai",
        "https://duckduckgo.com/, DuckDuckGo, search",
        "https://github.com/a/b, GitHub, tech",
        "https://checkout.stripe.com/c/pay, Stripe, commerce",
        "android-app://com.google.android.gm/, Gmail, email",
        "android-app://org.telegram.messenger/, Telegram, social"
    })
    void knownHostsHaveANameAndAKind(String address, String name, String type) {
        var referrer = resolve(address, "example.org");
        assertThat(referrer.name()).isEqualTo(name);
        assertThat(referrer.type()).isEqualTo(type);
    }

    /** The original names them by the whole address: as many names as there are links. */
    @Test
    void w29_unknownReferrersAreNamedByTheirHost() {
        assertThat(resolve("https://www.Blog.Example.net:8080/a/b?c=d//", "example.org"))
                .isEqualTo(new Entry.Referrer("https://www.Blog.Example.net:8080/a/b?c=d", "blog.example.net", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.org/a, example.org, true",
        "https://example.org/a, www.example.org, true",
        "https://blog.example.org/a, example.org, true",
        "https://blog.example.org/a, shop.example.org, true",
        "https://shop.example.co.uk/a, www.example.co.uk, true",
        "https://other.co.uk/a, example.co.uk, false",
        "https://one.github.io/a, two.github.io, false",
        "https://notexample.org/a, example.org, false",
        "https://example.org.evil.net/a, example.org, false",
        "https://10.0.0.1/a, 10.0.0.2, false",
        "http://localhost:3000/a, localhost, true"
    })
    void w29_linksWithinASiteAreNoReferrers(String address, String ownHost, boolean own) {
        assertThat(resolve(address, ownHost).url().isEmpty()).isEqualTo(own);
        assertThat(resolve(address, ownHost).name().isEmpty()).isEqualTo(own);
    }

    @Test
    void nothingIsDirect() {
        assertThat(resolve("", "example.org")).isEqualTo(new Entry.Referrer("", "", ""));
        assertThat(resolve("no address", "")).isEqualTo(new Entry.Referrer("no address", "", ""));
    }

    @Test
    void aCampaignsSourceGoesFirst() {
        var google = "https://www.google.com/";
        assertThat(Referrers.LIST.resolve(google, "", Map.of("utm_source", "Newsletter")))
                .isEqualTo(new Entry.Referrer("https://www.google.com", "newsletter", "search"));
        assertThat(Referrers.LIST.resolve("", "", Map.of("utm_source", "facebook")))
                .isEqualTo(new Entry.Referrer("", "Facebook", "social"));
        assertThat(Referrers.LIST.resolve("", "", Map.of("utm_source", "chatgpt.com")))
                .isEqualTo(new Entry.Referrer("", "ChatGPT", "ai"));
        assertThat(Referrers.LIST.resolve("", "", Map.of("ref", "Product Hunt")))
                .isEqualTo(new Entry.Referrer("", "Product Hunt", "social"));
        assertThat(Referrers.LIST
                        .resolve("", "", Map.of("utm_referrer", "reddit.com"))
                        .name())
                .isEqualTo("Reddit");
        assertThat(Referrers.LIST
                        .resolve("", "", Map.of("utm_source", "", "ref", "reddit"))
                        .name())
                .as("an empty utm_source ends the search")
                .isEmpty();
    }
}
