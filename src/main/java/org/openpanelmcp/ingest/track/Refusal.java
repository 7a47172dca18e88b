package org.openpanelmcp.ingest.track;

import java.util.Map;
import org.openpanelmcp.http.Problem;

/** Why something is not taken: the answers, each with a code of its own that the documentation lists. */
final class Refusal {
    private Refusal() {}

    static Problem json(String message) {
        return new Problem(400, "invalid_json", message);
    }

    static Problem payload(String message) {
        return new Problem(400, "invalid_payload", message);
    }

    static Problem eventName(String message) {
        return new Problem(400, "invalid_event_name", message);
    }

    static Problem timestamp(String message) {
        return new Problem(400, "invalid_timestamp", message);
    }

    static Problem tooLarge(String message) {
        return new Problem(413, "too_large", message);
    }

    static Problem unauthorized(String code, String message) {
        return new Problem(401, code, message);
    }

    static Problem unavailable(String message) {
        return new Problem(503, "unavailable", message, Map.of("Retry-After", "1"));
    }

    /** A value as it stands in a message: short, on one line. */
    static String shown(String value) {
        var printable = new StringBuilder();
        value.codePoints()
                .limit(60)
                .forEach(point -> printable.appendCodePoint(
                        Character.isISOControl(point) || Character.getType(point) == Character.FORMAT ? '?' : point));
        return "'" + printable + (value.codePointCount(0, value.length()) > 60 ? "…" : "") + "'";
    }
}
