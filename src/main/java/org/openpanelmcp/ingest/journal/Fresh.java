package org.openpanelmcp.ingest.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The latest entries in memory, so that the one who stores need not read them again. Shared by two threads. */
final class Fresh {
    private static final int MOST = 20_000;

    private final Deque<JournalEntry> entries = new ArrayDeque<>();

    synchronized void add(List<Journal.Addition> additions) {
        for (var addition : additions) {
            entries.addLast(addition.entry());
        }
        while (entries.size() > MOST) {
            entries.removeFirst();
        }
    }

    /** Entries after a position, in their order; empty when not all of them are in memory. */
    synchronized Optional<List<JournalEntry>> after(long position, int most) {
        while (!entries.isEmpty() && entries.getFirst().seq() <= position) {
            entries.removeFirst();
        }
        if (entries.isEmpty() || entries.getFirst().seq() > position + 1) {
            return Optional.empty();
        }
        var next = new ArrayList<JournalEntry>();
        for (var entry : entries) {
            if (next.size() == most) {
                break;
            }
            next.add(entry);
        }
        return Optional.of(next);
    }
}
