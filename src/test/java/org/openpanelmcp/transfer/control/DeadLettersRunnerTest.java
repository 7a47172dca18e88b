package org.openpanelmcp.transfer.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.ingest.Entry;
import org.openpanelmcp.ingest.LiveIntake;
import org.openpanelmcp.ingest.Offer;
import org.openpanelmcp.ingest.Screen;
import org.openpanelmcp.store.duckdb.DuckDbEventWriter;
import org.openpanelmcp.transfer.Installation;

/** Dead letters are listed and replayed in the same way with a server and without. */
class DeadLettersRunnerTest {
    @TempDir
    Path folder;

    private LiveIntake intake(Installation installation) throws Exception {
        return LiveIntake.start(
                folder,
                new DuckDbEventWriter(installation.events),
                InstantSource.system(),
                LiveIntake.Limits.DEFAULT,
                Screen.NONE);
    }

    @Test
    void theyAreListedAndReplayed() throws Exception {
        try (var installation = new Installation(folder);
                var intake = intake(installation);
                var server =
                        ControlServer.start(folder, Map.of(DeadLettersCommand.NAME, new DeadLettersCommand(intake)))) {
            assertThat(server).isNotNull();
            assertThat(DeadLettersRunner.run(folder, false).letters()).isEmpty();
            var person = new Entry.ProfilePatch("shop", 1_000, "u1", "", "", "", "", Map.of("score", "1"));
            var text = new Entry.ProfilePatch("shop", 1_000, "u1", "", "", "", "", Map.of("score", "high"));
            var increment = new Entry.ProfileIncrement("shop", 1_000, "u1", "score", BigDecimal.ONE);
            intake.take(List.of(new Offer(person, null)));
            intake.take(List.of(new Offer(text, null), new Offer(increment, null)));
            assertThat(intake.awaitStored(60_000)).isTrue();
            assertThat(DeadLettersRunner.run(folder, false).letters())
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.number()).isEqualTo(3);
                        assertThat(row.project()).isEqualTo("shop");
                        assertThat(row.kind()).isEqualTo("ProfileIncrement");
                        assertThat(row.reason()).contains("'score' is a text");
                    });
            var again = DeadLettersRunner.run(folder, true);
            assertThat(again.replayed()).isEqualTo(1);
            assertThat(again.letters()).extracting(DeadLetterList.Row::number).containsExactly(4L);
            intake.take(List.of(new Offer(person, null)));
        }
        assertThat(DeadLettersRunner.run(folder, false).letters()).hasSize(1);
        assertThat(DeadLettersRunner.run(folder, true)).isEqualTo(new DeadLetterList(List.of(), 1));
        try (var installation = new Installation(folder)) {
            assertThat(installation.rows("select properties['score'] from profiles"))
                    .containsExactly("2");
        }
    }
}
