package org.openpanelmcp.config;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** From text to values. Each throws {@link IllegalArgumentException} for what it does not take. */
final class Parsers {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})\\s*(B|KB|MB|GB)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})\\s*(ms|s|m|h|d)");
    private static final Pattern NAMED = Pattern.compile("([a-z]+)=([A-Za-z0-9-]{1,100})");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+]?");
    private static final Pattern HOST_AND_PORT = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

    private Parsers() {}

    static Setting.Parser<Integer> integer(int least, int most) {
        return text -> inRange(Integer.parseInt(text), least, most);
    }

    /** A whole number, or {@code auto} for the number of processors, at most {@code most}. */
    static Setting.Parser<Integer> processors(int most) {
        return text -> text.equals("auto")
                ? Math.min(most, Runtime.getRuntime().availableProcessors())
                : inRange(Integer.parseInt(text), 1, most);
    }

    static boolean yesOrNo(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    /** Bytes; units are powers of 1024. */
    static Setting.Parser<Long> bytes(long least, long most) {
        return text -> {
            var parts = matched(SIZE, text);
            var factor = switch (parts.group(2).toUpperCase(Locale.ROOT)) {
                case "KB" -> 1L << 10;
                case "MB" -> 1L << 20;
                case "GB" -> 1L << 30;
                default -> 1L;
            };
            var bytes = Long.parseLong(parts.group(1)) * factor;
            if (bytes < least || bytes > most) {
                throw new IllegalArgumentException("out of range");
            }
            return bytes;
        };
    }

    static Setting.Parser<Duration> duration(Duration least, Duration most) {
        return text -> {
            var parts = matched(DURATION, text);
            var number = Long.parseLong(parts.group(1));
            var duration = switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> Duration.ofSeconds(number);
            };
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException("out of range");
            }
            return duration;
        };
    }

    static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String host(String text) {
        return matched(HOST, text).group();
    }

    /** An address without a path of its own, a query or a login; the last slash is taken away. */
    static Optional<URI> publicUrl(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(url(text));
    }

    static List<AddressRange> addressRanges(String text) {
        return list(text).map(AddressRange::parse).toList();
    }

    /** Origins as browsers send them: scheme, host and port. */
    static List<String> origins(String text) {
        return list(text).map(Parsers::origin).toList();
    }

    static List<String> hosts(String text) {
        return list(text)
                .map(entry -> matched(HOST_AND_PORT, entry).group().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Pairs {@code part=Header-Name}; of the known parts the first must be there when any is. */
    static Setting.Parser<Map<String, String>> named(List<String> parts) {
        return text -> {
            var headers = new LinkedHashMap<String, String>();
            list(text).forEach(entry -> {
                var pair = matched(NAMED, entry);
                if (!parts.contains(pair.group(1)) || headers.put(pair.group(1), pair.group(2)) != null) {
                    throw new IllegalArgumentException("unknown or repeated part");
                }
            });
            if (!headers.isEmpty() && !headers.containsKey(parts.getFirst())) {
                throw new IllegalArgumentException("the first part is missing");
            }
            return Map.copyOf(headers);
        };
    }

    private static String origin(String text) {
        var url = url(text);
        if (!url.getRawPath().isEmpty()) {
            throw new IllegalArgumentException("an origin has no path");
        }
        return url.toString().toLowerCase(Locale.ROOT);
    }

    private static URI url(String text) {
        var url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        var scheme = url.getScheme();
        var isWeb = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!isWeb
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw new IllegalArgumentException("no address of a web site");
        }
        return url;
    }

    private static Stream<String> list(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(entry -> !entry.isEmpty());
    }

    private static Matcher matched(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("unknown form");
        }
        return matcher;
    }

    private static int inRange(int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }
}
