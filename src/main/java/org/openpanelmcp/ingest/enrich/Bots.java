package org.openpanelmcp.ingest.enrich;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which user agents are programs that read the web by themselves. Reads {@code bots.tsv} beside it; safe for several threads. */
public final class Bots {
    private static final int REMEMBERED = 10_000;

    /** What calls itself a bot without being on the list; Cubot is a maker of telephones. */
    private static final Pattern SELF_NAMED =
            Pattern.compile("(?!cubot)\\b([a-z0-9_.-]{0,40}(?:bot|crawler|spider|scraper))\\b");

    private final List<Token> tokens = DataFile.lines(Bots.class, "bots.tsv")
            .map(line -> line.split("\t"))
            .map(columns -> new Token(columns[2], new Bot(columns[1], columns[0])))
            .toList();

    private final Cache<String, Optional<Bot>> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** A bot as people call it, and what it is for. */
    public record Bot(String name, String type) {}

    private record Token(String text, Bot bot) {}

    /** Empty: nobody known. The answer is remembered, whichever it is. */
    public Optional<Bot> find(String userAgent) {
        return known.get(userAgent, this::search);
    }

    private Optional<Bot> search(String userAgent) {
        var lower = userAgent.toLowerCase(Locale.ROOT);
        for (var token : tokens) {
            if (lower.contains(token.text())) {
                return Optional.of(token.bot());
            }
        }
        var selfNamed = SELF_NAMED.matcher(lower);
        return selfNamed.find() ? Optional.of(new Bot(selfNamed.group(1), "Unknown")) : Optional.empty();
    }
}
