package org.openpanelmcp.query;

/**
 * A value from outside that cannot be used. The message is a sentence for the caller: what it was, what is allowed, what
 * was probably meant.
 */
public final class BadValue extends Exception {
    private final String field;

    public BadValue(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    /** The argument that held the value, such as {@code startDate} or {@code filters.country}. */
    public String field() {
        return field;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
