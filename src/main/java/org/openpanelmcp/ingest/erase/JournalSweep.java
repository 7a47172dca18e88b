package org.openpanelmcp.ingest.erase;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.openpanelmcp.ingest.journal.JournalEntry;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.ingest.journal.Removal;
import org.openpanelmcp.metadata.Marks;
import org.openpanelmcp.store.RowKey;

/** Goes through a whole journal, dead letters too, and takes out what is not to be kept. */
final class JournalSweep {
    private static final int AT_ONCE = 2_000;

    private final Removal removal;

    JournalSweep(Removal removal) {
        this.removal = removal;
    }

    /** Takes out what is of the deleted. @return how many entries */
    long erase(Marks marks) throws JournalFailure {
        Predicate<JournalEntry> isErased = entry -> EntryNames.isErased(entry.entry(), entry.deviceId(), marks);
        var sessions = ownSessions(isErased);
        return remove(entry -> isErased.test(entry)
                || (sessions.contains(session(entry)) && !EntryNames.isIdentified(entry.entry(), entry.deviceId())));
    }

    /** Takes out what is older than its project keeps. @return how many entries */
    long expire(Map<String, Instant> keptSince) throws JournalFailure {
        return remove(entry -> {
            var since = keptSince.get(entry.entry().projectId());
            return since != null && EntryNames.moment(entry.entry()) < since.toEpochMilli();
        });
    }

    /** Sessions in which nobody but the deleted is known to have been: what happened in them unnamed is theirs. */
    private Set<RowKey> ownSessions(Predicate<JournalEntry> isErased) throws JournalFailure {
        var own = new HashSet<RowKey>();
        each(
                false,
                page -> page.stream()
                        .filter(entry -> !entry.sessionId().isEmpty() && isErased.test(entry))
                        .forEach(entry -> own.add(session(entry))));
        if (!own.isEmpty()) {
            each(
                    false,
                    page -> page.stream()
                            .filter(entry -> own.contains(session(entry))
                                    && EntryNames.isIdentified(entry.entry(), entry.deviceId())
                                    && !isErased.test(entry))
                            .forEach(entry -> own.remove(session(entry))));
        }
        return own;
    }

    private long remove(Predicate<JournalEntry> isGone) throws JournalFailure {
        long[] count = {0};
        each(false, page -> {
            var numbers = numbers(page, isGone);
            removal.removeEntries(numbers);
            count[0] += numbers.size();
        });
        each(true, page -> {
            var numbers = numbers(page, isGone);
            removal.removeLetters(numbers);
            count[0] += numbers.size();
        });
        return count[0];
    }

    private static List<Long> numbers(List<JournalEntry> page, Predicate<JournalEntry> isGone) {
        return page.stream().filter(isGone).map(JournalEntry::seq).toList();
    }

    /** What is done with some entries at a time. */
    @FunctionalInterface
    private interface Page {
        void take(List<JournalEntry> entries) throws JournalFailure;
    }

    private void each(boolean letters, Page reader) throws JournalFailure {
        long after = 0;
        var page = new ArrayList<JournalEntry>();
        do {
            page.clear();
            page.addAll(letters ? removal.letters(after, AT_ONCE) : removal.entries(after, AT_ONCE));
            if (!page.isEmpty()) {
                after = page.getLast().seq();
                reader.take(page);
            }
        } while (!page.isEmpty());
    }

    private static RowKey session(JournalEntry entry) {
        return new RowKey(entry.entry().projectId(), entry.sessionId());
    }
}
