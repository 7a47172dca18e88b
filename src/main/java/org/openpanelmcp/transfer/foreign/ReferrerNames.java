package org.openpanelmcp.transfer.foreign;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names and types of the sources that most visits come from. The one place that a fuller list replaces. */
final class ReferrerNames {
    private static final String LIST = """
            search Google google.com
            search Bing bing.com
            search DuckDuckGo duckduckgo.com
            search Yahoo! yahoo.com
            search Ecosia ecosia.org
            search Brave search.brave.com
            search Yandex yandex.ru
            search Baidu baidu.com
            search Kagi kagi.com
            social Facebook facebook.com
            social Instagram instagram.com
            social LinkedIn linkedin.com
            social Twitter twitter.com
            social X x.com
            social Reddit reddit.com
            social YouTube youtube.com
            social Hacker_News news.ycombinator.com
            social Pinterest pinterest.com
            social TikTok tiktok.com
            email Gmail mail.google.com
            tech GitHub github.com
            tech GitLab gitlab.com
            tech Stack_Overflow stackoverflow.com
            content Wikipedia wikipedia.org
            content Medium medium.com
            ai ChatGPT chatgpt.com
            ai Claude claude.ai
            ai Perplexity perplexity.ai
            ai Google_Gemini gemini.google.com
            ai Microsoft_Copilot copilot.microsoft.com
            """;

    private final Map<String, Known> byHost = new HashMap<>();
    private final Map<String, Known> byName = new HashMap<>();

    /** A source as people call it, and its kind. */
    record Known(String name, String type) {}

    ReferrerNames() {
        LIST.lines().map(String::strip).forEach(line -> {
            int first = line.indexOf(' ');
            int last = line.lastIndexOf(' ');
            var known = new Known(line.substring(first + 1, last).replace('_', ' '), line.substring(0, first));
            byHost.put(line.substring(last + 1), known);
            byName.put(known.name().toLowerCase(Locale.ROOT), known);
        });
    }

    /** By host, with or without {@code www.}, else by the name that another product gave the source. */
    Optional<Known> of(String host, String name) {
        var bare = host.startsWith("www.") ? host.substring(4) : host;
        var known = byHost.get(bare);
        return Optional.ofNullable(known == null ? byName.get(name.toLowerCase(Locale.ROOT)) : known);
    }
}
