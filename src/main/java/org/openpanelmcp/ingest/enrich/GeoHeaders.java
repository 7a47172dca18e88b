package org.openpanelmcp.ingest.enrich;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.ingest.Entry;

/**
 * Where a visitor is, as a proxy says it in headers of the operator's choice. The caller asks only where the proxy is trusted.
 *
 * @param names header by part: country, region, city, longitude, latitude
 */
public record GeoHeaders(Map<String, String> names) {
    public static final GeoHeaders NONE = new GeoHeaders(Map.of());

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final int LONGEST = 200;

    public GeoHeaders {
        names = Map.copyOf(names);
    }

    /** Empty when there is no country among the headers; XX and T1 stand for none. */
    public Optional<Entry.Place> place(Function<String, Optional<String>> header) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        var country = text("country", header);
        if (!COUNTRY.matcher(country).matches() || country.equals("XX")) {
            return Optional.empty();
        }
        return Optional.of(new Entry.Place(
                country,
                text("region", header),
                text("city", header),
                number("longitude", header),
                number("latitude", header)));
    }

    private String text(String part, Function<String, Optional<String>> header) {
        return Optional.ofNullable(names.get(part))
                .flatMap(header)
                .map(GeoHeaders::decoded)
                .filter(value -> value.length() <= LONGEST)
                .orElse("");
    }

    /** Proxies send names in UTF-8, which a header is not read as. */
    private static String decoded(String value) {
        return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    }

    private @Nullable Float number(String part, Function<String, Optional<String>> header) {
        try {
            float value = Float.parseFloat(text(part, header));
            return Float.isFinite(value) ? value : null;
        } catch (NumberFormatException none) {
            return null;
        }
    }
}
