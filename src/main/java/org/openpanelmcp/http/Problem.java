package org.openpanelmcp.http;

import java.util.Map;

/** A request that is refused: status, a stable code, a sentence for the caller, and headers of the answer. */
public final class Problem extends RuntimeException {
    private final int status;
    private final String code;
    private final Map<String, String> headers;

    public Problem(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    public Problem(int status, String code, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = Map.copyOf(headers);
    }

    public int status() {
        return status;
    }

    /** For programs: lower-case words joined by underscores, such as {@code rate_limited}. */
    public String code() {
        return code;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** The sentence for the caller; never holds a secret, a path of the server or SQL. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
