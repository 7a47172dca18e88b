package org.openpanelmcp.ingest.enrich;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.ingest.Entry;
import ua_parser.OS;
import ua_parser.Parser;
import ua_parser.UserAgent;

/** What a user agent says of the system, the browser and the device. Remembers answers; safe for several threads. */
public final class UserAgents {
    /** What stands for a user agent that was not sent. */
    public static final String UNKNOWN = "unknown/1.0";

    private static final int REMEMBERED = 10_000;

    /** Some expressions of the parser take long over texts that no browser sends. */
    private static final int LONGEST = 1_000;

    private static final Entry.Agent SERVER = new Entry.Agent("", "", "", "", "server", "", "");
    private static final Pattern PROGRAM = Pattern.compile("[^/]+/[\\d.]+");
    private static final Pattern IPAD_OS = Pattern.compile("iPadOS (\\d+[._]\\d+(?:[._]\\d+)?)");
    private static final Pattern WEBKIT = Pattern.compile("AppleWebKit/([\\d.]+)");
    private static final Pattern APP_ANDROID = Pattern.compile("\\bAndroid (\\d+(?:\\.\\d+)*)");

    private static final Map<String, String> SYSTEMS =
            Map.of("Mac OS X", "Mac OS", "Chrome OS", "Chromium OS", "Windows Phone", "Windows Phone");
    private static final Map<String, String> BROWSERS = Map.of(
            "Chrome Mobile", "Chrome",
            "Chrome Mobile iOS", "Chrome",
            "Chrome Mobile WebView", "Chrome WebView",
            "Firefox Mobile", "Firefox",
            "Firefox iOS", "Firefox",
            "Edge Mobile", "Edge",
            "Opera Mobile", "Opera",
            "Mobile Safari UI/WKWebView", "WebKit");

    /** The parser reads its expressions for a third of a second: with the first event, and not while the server starts. */
    private @Nullable CompletableFuture<Parser> parser;

    private final Cache<String, Parsed> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** @param server whether a program without a person in front of it sent it */
    public record Parsed(Entry.Agent agent, boolean server) {}

    /** @param userAgent empty when none was sent */
    public Parsed parse(String userAgent) {
        var text = userAgent.length() > LONGEST ? userAgent.substring(0, LONGEST) : userAgent;
        return known.get(text, this::read);
    }

    private synchronized CompletableFuture<Parser> parser() {
        var loading = parser;
        if (loading == null) {
            loading = CompletableFuture.supplyAsync(Parser::new);
            parser = loading;
        }
        return loading;
    }

    private Parsed read(String text) {
        if (text.isBlank() || PROGRAM.matcher(text).matches()) {
            return new Parsed(SERVER, true);
        }
        var expressions = parser().join();
        var system = expressions.parseOS(text);
        var browser = expressions.parseUserAgent(text);
        var hardware = Hardware.of(text);
        var os = system(system, text);
        var named = browser(browser, text);
        boolean nothing = os.isEmpty()
                && named.isEmpty()
                && hardware.brand().isEmpty()
                && hardware.model().isEmpty();
        if (nothing) {
            return new Parsed(SERVER, true);
        }
        var agent = new Entry.Agent(
                os.orElse(Versioned.NONE).name(),
                os.orElse(Versioned.NONE).version(),
                named.orElse(Versioned.NONE).name(),
                named.orElse(Versioned.NONE).version(),
                hardware.kind(),
                hardware.brand(),
                hardware.model());
        return new Parsed(agent, false);
    }

    private record Versioned(String name, String version) {
        static final Versioned NONE = new Versioned("", "");
    }

    private static Optional<Versioned> system(OS system, String text) {
        var tablet = IPAD_OS.matcher(text);
        if (tablet.find()) {
            return Optional.of(new Versioned("iOS", tablet.group(1).replace('_', '.')));
        }
        if (system.family == null || system.family.equals("Other")) {
            var app = APP_ANDROID.matcher(text);
            return app.find() ? Optional.of(new Versioned("Android", app.group(1))) : Optional.empty();
        }
        var version = joined(system.major, system.minor, system.patch);
        return Optional.of(new Versioned(SYSTEMS.getOrDefault(system.family, system.family), version));
    }

    private static Optional<Versioned> browser(UserAgent browser, String text) {
        // An app's own name is no browser, whatever the parser makes of it.
        if (browser.family == null || browser.family.equals("Other") || !isBrowser(text)) {
            return Optional.empty();
        }
        var name = BROWSERS.getOrDefault(browser.family, browser.family);
        if (name.equals("WebKit")) {
            var engine = WEBKIT.matcher(text);
            return Optional.of(new Versioned(name, engine.find() ? engine.group(1) : ""));
        }
        return Optional.of(new Versioned(name, whole(joined(browser.major, browser.minor, browser.patch), text)));
    }

    private static boolean isBrowser(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("mozilla/") || lower.startsWith("opera/");
    }

    private static String joined(String major, String minor, String patch) {
        if (major == null) {
            return "";
        }
        return major + (minor == null ? "" : "." + minor + (patch == null ? "" : "." + patch));
    }

    /** The parser tells three numbers of a version; the text goes on. */
    private static String whole(String version, String text) {
        int start = version.isEmpty() ? -1 : text.indexOf("/" + version);
        if (start < 0) {
            return version;
        }
        int end = start + 1 + version.length();
        while (end < text.length() && "0123456789.".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return text.substring(start + 1, end);
    }
}
