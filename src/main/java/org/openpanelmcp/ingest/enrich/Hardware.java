package org.openpanelmcp.ingest.enrich;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The device that a user agent names.
 *
 * @param kind desktop, mobile, tablet, console, smarttv or wearable
 */
record Hardware(String kind, String brand, String model) {
    private static final Pattern APP_MODEL = Pattern.compile("\\bModel=([^;)]{1,80})");
    private static final Pattern APP_MAKER = Pattern.compile("\\bManufacturer=([^;)]{1,80})");
    private static final Pattern ANDROID_MODEL = Pattern.compile(
            "Android[ /][\\d.]+; (?:[a-z]{2}[-_][a-zA-Z]{2}; )?([^;)]{1,80}?)(?: Build/[^;)]*)?(?:; wv)?\\)");
    private static final Pattern TELEVISION = Pattern.compile(
            "smart-?tv|googletv|appletv|apple tv|hbbtv|netcast|web0s|webos.*tv|bravia|roku|aft[a-z]\\b|tizen.*tv|crkey");
    private static final Pattern CONSOLE = Pattern.compile("playstation|xbox|nintendo");
    private static final Pattern WEARABLE = Pattern.compile("apple ?watch|watchos|galaxy watch|wear os|sm-r\\d");
    private static final Pattern TABLET = Pattern.compile(
            "ipad|tablet|\\bsm-[tx]\\d|xoom|sch-i800|kindle|silk/|playbook|nexus (?:7|9|10)\\b|mediapad|matepad");
    private static final Pattern PHONE = Pattern.compile(
            "iphone|ipod|mobile|\\bphone|\\bsm-[abdefgjmnrswz]\\d|\\blg-|blackberry|opera mini|iemobile|webos|pixel|redmi|poco");

    /** By what stands in a user agent or a model, in the order in which it is looked for. */
    private static final Map<Pattern, String> BRANDS = brands();

    static Hardware of(String userAgent) {
        var lower = userAgent.toLowerCase(Locale.ROOT);
        var model = model(userAgent, lower);
        return new Hardware(kind(lower), brand(userAgent, lower, model), model);
    }

    private static String kind(String lower) {
        if (TELEVISION.matcher(lower).find()) {
            return "smarttv";
        }
        if (CONSOLE.matcher(lower).find()) {
            return "console";
        }
        if (WEARABLE.matcher(lower).find()) {
            return "wearable";
        }
        if (TABLET.matcher(lower).find()) {
            return "tablet";
        }
        boolean phone = PHONE.matcher(lower).find() || lower.contains("android");
        return phone ? "mobile" : "desktop";
    }

    private static String model(String userAgent, String lower) {
        var app = APP_MODEL.matcher(userAgent);
        if (app.find()) {
            return app.group(1).strip();
        }
        if (lower.contains("ipad")) {
            return "iPad";
        }
        if (lower.contains("iphone")) {
            return "iPhone";
        }
        if (lower.contains("macintosh")) {
            return "Macintosh";
        }
        var android = ANDROID_MODEL.matcher(userAgent);
        // Browsers that keep the model to themselves say K, or that it is a mobile.
        return android.find() && !android.group(1).matches("K|Mobile|Tablet|U|wv|rv:.*")
                ? android.group(1).strip()
                : "";
    }

    private static String brand(String userAgent, String lower, String model) {
        var maker = APP_MAKER.matcher(userAgent);
        if (maker.find()) {
            return maker.group(1).strip();
        }
        var where = model.isEmpty() ? lower : model.toLowerCase(Locale.ROOT);
        return BRANDS.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(where).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static Map<Pattern, String> brands() {
        var brands = new LinkedHashMap<Pattern, String>();
        brands.put(Pattern.compile("iphone|ipad|ipod|macintosh|\\bapple\\b"), "Apple");
        brands.put(Pattern.compile("samsung|galaxy|\\bsm-[a-z]\\d|\\bgt-[a-z]\\d"), "Samsung");
        brands.put(Pattern.compile("xiaomi|redmi|\\bpoco|\\bmi \\d|\\b2\\d{6,}[a-z]"), "Xiaomi");
        brands.put(Pattern.compile("honor"), "Honor");
        brands.put(Pattern.compile("huawei|mediapad|matepad"), "Huawei");
        brands.put(Pattern.compile("realme|\\brmx\\d"), "Realme");
        brands.put(Pattern.compile("\\boppo|\\bcph\\d"), "OPPO");
        brands.put(Pattern.compile("\\bvivo|iqoo"), "Vivo");
        brands.put(Pattern.compile("oneplus"), "OnePlus");
        brands.put(Pattern.compile("\\bpixel|\\bnexus|\\bgoogle\\b"), "Google");
        brands.put(Pattern.compile("motorola|\\bmoto\\b"), "Motorola");
        brands.put(Pattern.compile("nokia"), "Nokia");
        brands.put(Pattern.compile("\\bsony|xperia|playstation"), "Sony");
        brands.put(Pattern.compile("nothing phone|\\bnothing\\b"), "Nothing");
        brands.put(Pattern.compile("\\blg[-e ]"), "LG");
        brands.put(Pattern.compile("\\bzte"), "ZTE");
        brands.put(Pattern.compile("lenovo"), "Lenovo");
        brands.put(Pattern.compile("\\basus"), "ASUS");
        brands.put(Pattern.compile("\\btcl"), "TCL");
        brands.put(Pattern.compile("xbox"), "Microsoft");
        brands.put(Pattern.compile("nintendo"), "Nintendo");
        return Collections.unmodifiableMap(brands);
    }
}
