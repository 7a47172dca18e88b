package org.openpanelmcp.transfer.foreign;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Times as databases and interfaces write them, in milliseconds since 1970. */
final class Times {
    private static final Pattern SHAPE =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ]([0-9:.]+)(Z|[+-]\\d\\d(?::?\\d\\d)?)?");

    /** Before any of these products. */
    private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

    private static final long A_DAY = 86_400_000L;
    private static final long SECONDS_END = 100_000_000_000L;

    private final ZoneId zone;
    private final long latest;

    /**
     * @param zone of times without an offset
     * @param now later times than a day after it are errors
     */
    Times(ZoneId zone, Instant now) {
        this.zone = zone;
        this.latest = now.toEpochMilli() + A_DAY;
    }

    /** Empty when the text is no time, or one that cannot be. */
    OptionalLong read(String text) {
        try {
            long millis = text.chars().allMatch(Character::isDigit) ? number(text) : millis(text);
            return millis < EARLIEST || millis > latest ? OptionalLong.empty() : OptionalLong.of(millis);
        } catch (DateTimeException | NumberFormatException noTime) {
            return OptionalLong.empty();
        }
    }

    private static long number(String digits) {
        long number = Long.parseLong(digits);
        return number < SECONDS_END ? number * 1000 : number;
    }

    private long millis(String text) {
        var parts = SHAPE.matcher(text);
        if (!parts.matches()) {
            throw new DateTimeException("another shape");
        }
        var time = LocalDate.parse(parts.group(1)).atTime(LocalTime.parse(parts.group(2)));
        var offset = parts.group(3);
        return time.atZone(offset == null ? zone : ZoneOffset.of(offset))
                .toInstant()
                .toEpochMilli();
    }
}
