package org.openpanelmcp.mcp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The revisions of the protocol that are spoken here, oldest first. */
public enum Revision {
    V2024_11_05("2024-11-05"),
    V2025_03_26("2025-03-26"),
    V2025_06_18("2025-06-18"),
    V2025_11_25("2025-11-25"),
    V2026_07_28("2026-07-28");

    private final String date;

    Revision(String date) {
        this.date = date;
    }

    /** The name on the wire. */
    public String date() {
        return date;
    }

    /** Whether every request describes itself; older revisions open with a handshake. */
    public boolean modern() {
        return this == V2026_07_28;
    }

    public static Optional<Revision> find(String date) {
        return Arrays.stream(values()).filter(it -> it.date.equals(date)).findFirst();
    }

    /** Newest first. */
    static List<String> dates() {
        return Arrays.stream(values()).map(Revision::date).toList().reversed();
    }
}
