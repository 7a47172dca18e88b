package org.openpanelmcp.transfer.foreign;

import java.util.Locale;
import java.util.Map;

/** Umami's words for browsers, systems and devices in the words that live events use. */
final class UmamiNames {
    private static final Map<String, String> BROWSERS = Map.ofEntries(
            Map.entry("chrome", "Chrome"),
            Map.entry("chromium-webview", "Chrome WebView"),
            Map.entry("crios", "Chrome"),
            Map.entry("edge", "Edge"),
            Map.entry("edge-chromium", "Edge"),
            Map.entry("edge-ios", "Edge"),
            Map.entry("firefox", "Firefox"),
            Map.entry("fxios", "Firefox"),
            Map.entry("safari", "Safari"),
            Map.entry("ios", "Mobile Safari"),
            Map.entry("ios-webview", "WebKit"),
            Map.entry("opera", "Opera"),
            Map.entry("opera-mini", "Opera Mini"),
            Map.entry("samsung", "Samsung Internet"),
            Map.entry("yandexbrowser", "Yandex"),
            Map.entry("ie", "IE"),
            Map.entry("facebook", "Facebook"),
            Map.entry("instagram", "Instagram"),
            Map.entry("silk", "Silk"),
            Map.entry("vivaldi", "Vivaldi"),
            Map.entry("brave", "Brave"),
            Map.entry("duckduckgo", "DuckDuckGo"));

    private UmamiNames() {}

    static EventDraft.Equipment equipment(String browser, String os, String device) {
        var system = system(os);
        return new EventDraft.Equipment(
                device(device),
                system[0],
                system[1],
                BROWSERS.getOrDefault(browser.toLowerCase(Locale.ROOT), browser),
                "",
                "",
                "");
    }

    /** Country codes in capitals; regions without the country that some versions put before them. */
    static EventDraft.Place place(String country, String region, String city) {
        var code = country.length() == 2 ? country.toUpperCase(Locale.ROOT) : "";
        return new EventDraft.Place(code, withoutCountry(region), city, null, null);
    }

    static String withoutCountry(String region) {
        return region.length() > 3 && region.charAt(2) == '-' ? region.substring(3) : region;
    }

    static String device(String device) {
        var lower = device.toLowerCase(Locale.ROOT);
        return lower.equals("laptop") || lower.equals("ultra-wide") ? "desktop" : lower;
    }

    private static String[] system(String os) {
        if (os.startsWith("Windows ") && Character.isDigit(os.charAt(os.length() - 1))) {
            return new String[] {"Windows", os.substring("Windows ".length())};
        }
        return switch (os) {
            case "Android OS" -> new String[] {"Android", ""};
            case "Mac OS" -> new String[] {"macOS", ""};
            default -> new String[] {os, ""};
        };
    }
}
