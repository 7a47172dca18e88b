package org.openpanelmcp.ingest.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.ingest.Entry;

/** What leaves the journal, and what never does. */
class JournalTest {
    private static final long NOON = 1_795_348_800_000L;
    private static final int ENTRIES = 7_000;
    private static final int ALL = 10_000;

    @TempDir
    Path folder;

    private Journal journal;

    @BeforeEach
    void fill() throws JournalFailure {
        journal = Journal.open(folder, 1L << 30);
        journal.append(LongStream.rangeClosed(1, ENTRIES)
                .mapToObj(JournalTest::addition)
                .toList());
    }

    @AfterEach
    void close() {
        journal.close();
    }

    /** Taken a millisecond after the one before it. */
    private static Journal.Addition addition(long seq) {
        var entry = new Entry.GroupPatch("shop", NOON + seq, "g" + seq, "company", "", Map.of());
        var remembered = new Journal.Remembered("key-" + seq, NOON + seq, "", "");
        return new Journal.Addition(new JournalEntry(seq, entry, "", "", 0, false), remembered, null);
    }

    /** From the file: the latest entries are in memory, too. */
    private List<Long> left() throws JournalFailure {
        try (var removal = journal.removal()) {
            return removal.entries(0, ALL).stream().map(JournalEntry::seq).toList();
        }
    }

    @Test
    void theOldestGoInPiecesUntilAsManyAreLeftAsShouldBe() throws JournalFailure {
        assertThat(journal.prune(ENTRIES, 0, 1_000, 0))
                .as("there is more to prune")
                .isTrue();
        assertThat(left()).hasSize(2_000).startsWith(5_001L);
        assertThat(journal.prune(ENTRIES, 0, 1_000, 0)).isFalse();
        assertThat(left()).hasSize(1_000).startsWith(6_001L);
        assertThat(journal.prune(ENTRIES, 0, 1_000, 0)).isFalse();
        assertThat(left()).hasSize(1_000);
    }

    @Test
    void whatIsNotStoredStays() throws JournalFailure {
        assertThat(journal.prune(10, Long.MAX_VALUE, 0, 0)).isFalse();
        assertThat(left()).hasSize(ENTRIES - 10).startsWith(11L);
    }

    @Test
    void whatIsOldGoesHoweverFewThereAre() throws JournalFailure {
        assertThat(journal.prune(ENTRIES, NOON + 101, ALL, 0)).isFalse();
        assertThat(left()).hasSize(ENTRIES - 100).startsWith(101L);
    }

    @Test
    void theLastOneStaysSoThatNoNumberIsGivenTwice() throws JournalFailure {
        assertThat(journal.prune(ENTRIES, Long.MAX_VALUE, 0, 0)).isTrue();
        assertThat(journal.prune(ENTRIES, Long.MAX_VALUE, 0, 0)).isFalse();
        journal.close();
        journal = Journal.open(folder, 1L << 30);
        assertThat(journal.lastSeq()).isEqualTo(ENTRIES);
    }

    @Test
    void keysGoWhenTheirTimeIsOver() throws JournalFailure {
        assertThat(journal.prune(0, 0, ALL, NOON + 6_000)).as("5,000 at a time").isTrue();
        assertThat(journal.prune(0, 0, ALL, NOON + 6_000)).isFalse();
        assertThat(journal.remembered("key-6000", 0)).isEmpty();
        assertThat(journal.remembered("key-6001", 0)).isPresent();
    }
}
