package org.openpanelmcp.store;

/** Where a visitor came from, as its three columns; all empty: directly. */
public record Source(String url, String name, String type) {
    public static final Source DIRECT = new Source("", "", "");

    /** Whether anything is known. */
    public boolean isKnown() {
        return !url.isEmpty() || !name.isEmpty() || !type.isEmpty();
    }
}
