package org.openpanelmcp.transfer.foreign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the rows that were refused, by file and reason, and keeps the first lines of each. */
final class Refusals {
    private static final int LINES = 10;
    private static final int REASONS = 100;
    private static final int SHOWN_VALUE = 60;

    private final Map<Key, Found> found = new LinkedHashMap<>();
    private long rows;

    private record Key(String file, String reason) {}

    private static final class Found {
        private final String example;
        private final List<Long> lines = new ArrayList<>();
        private long rows;

        Found(String example) {
            this.example = example;
        }
    }

    /** @param reason constant words; what differs from row to row goes into the value */
    void add(String file, long line, String reason, String value) {
        rows++;
        var key = new Key(file, reason);
        if (found.size() >= REASONS && !found.containsKey(key)) {
            key = new Key("", "further reasons");
        }
        var entry = found.computeIfAbsent(key, missing -> new Found(value));
        entry.rows++;
        if (entry.lines.size() < LINES) {
            entry.lines.add(line);
        }
    }

    void add(String file, long line, String reason) {
        add(file, line, reason, "");
    }

    long rows() {
        return rows;
    }

    /** The most frequent ones first. */
    List<ForeignReport.Refusal> list() {
        return found.entrySet().stream()
                .map(entry -> new ForeignReport.Refusal(
                        entry.getKey().file(),
                        reason(entry.getKey(), entry.getValue()),
                        entry.getValue().rows,
                        entry.getValue().lines))
                .sorted(Comparator.comparingLong(ForeignReport.Refusal::rows).reversed())
                .toList();
    }

    private static String reason(Key key, Found found) {
        if (found.example.isEmpty()) {
            return key.reason();
        }
        var shown =
                found.example.length() > SHOWN_VALUE ? found.example.substring(0, SHOWN_VALUE) + "…" : found.example;
        return key.reason() + " (first: '" + shown + "')";
    }
}
