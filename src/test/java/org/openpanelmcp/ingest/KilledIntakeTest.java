package org.openpanelmcp.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed at any moment under load has lost nothing that it acknowledged, and stored nothing twice
 * (W4, W7, W38, W46). {@code -Dkill.rounds=1000} kills it oftener.
 */
class KilledIntakeTest {
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 30);
    private static final int ROUNDS_BETWEEN_LOOKS = 10;

    @TempDir
    Path folder;

    private final Map<String, String> acknowledged = new HashMap<>();

    @Test
    void w4_w7_w38_w46_killedAtAnyMomentItLosesNothingAndDoublesNothing() throws Exception {
        var random = new Random(42);
        for (int round = 1; round <= ROUNDS; round++) {
            killAfter(random.nextInt(2_000), round);
            if (round % ROUNDS_BETWEEN_LOOKS == 0 || round == ROUNDS) {
                assertWhole();
            }
        }
    }

    /** Kills it once it has acknowledged so many events, in the middle of the next ones. */
    private void killAfter(int count, int seed) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir="
                                + Files.createDirectories(Path.of("target", "tmp"))
                                        .toAbsolutePath(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HaltedIntake.class.getName(),
                        folder.toString(),
                        Integer.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.inputReader()) {
            for (int i = 0; i < count; i++) {
                note(output.readLine());
            }
            // Through the handle: the process itself would close its output before it is read.
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            drain(output);
            process.waitFor();
        }
    }

    /** What it said before it died counts, except for a line that it did not finish. */
    private void drain(BufferedReader output) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.length() == 36 + 1 + 22) {
                note(line);
            }
        }
    }

    private void note(String line) {
        assertThat(line).as("the process ended by itself").isNotNull();
        var parts = line.split(" ");
        acknowledged.put(parts[0], parts[1]);
    }

    private void assertWhole() throws Exception {
        try (var site = new Site(folder)) {
            var stored = new HashMap<String, String>();
            for (var row : site.rows("select id, session_id from events where name not like 'session_%'")) {
                var parts = row.split("\\|");
                assertThat(stored.put(parts[0], parts[1])).as("stored twice").isNull();
            }
            assertThat(stored).containsAllEntriesOf(acknowledged);
            assertThat(site.rows("""
                    select s.id from sessions s full join (
                        select session_id as id, count(*) filter (name = 'screen_view') as views,
                            count(*) filter (name = 'revenue') as others, sum(revenue) as revenue,
                            min(created_at) as started, max(created_at) as ended
                        from events where name not like 'session_%' group by 1) e using (id)
                    where s.screen_view_count is distinct from e.views or s.event_count is distinct from e.others
                        or s.revenue is distinct from e.revenue or s.created_at is distinct from e.started
                        or s.ended_at is distinct from e.ended""")).isEmpty();
            assertThat(
                            site.rows(
                                    "select session_id from events where name = 'session_start' group by 1 having count(*) > 1"))
                    .isEmpty();
            assertThat(site.rows("select count(*) filter (name = 'session_start') - (select count(*) from sessions)"
                            + " from events"))
                    .isEqualTo(List.of("0"));
            assertThat(site.intake.deadLetters(10)).isEmpty();
        }
    }
}
