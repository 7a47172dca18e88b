package org.openpanelmcp.reference;

/** Milliseconds since 1970, both ends included. */
record Span(long start, long end) {
    boolean holds(long at) {
        return at >= start && at <= end;
    }
}
