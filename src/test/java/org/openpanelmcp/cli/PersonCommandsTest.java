package org.openpanelmcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator meets who deletes a person, sets a period, or compacts. */
class PersonCommandsTest {
    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void fill() throws Exception {
        terminal = new Terminal(folder.resolve("data"));
        ok("org", "create", "--id", "acme", "--name", "Acme");
        ok("project", "create", "--id", "shop", "--org", "acme", "--name", "Shop");
        var events = Files.createDirectories(folder.resolve("import"));
        Files.writeString(events.resolve("events.jsonl"), """
                {"name":"a","project_id":"shop","device_id":"d1","profile_id":"ann","created_at":"2020-01-01 00:00:00"}
                {"name":"a","project_id":"shop","device_id":"d2","profile_id":"bob","created_at":"2020-01-01 00:00:00"}
                """);
        ok("import", events.toString());
    }

    private String ok(String... arguments) {
        var outcome = terminal.run(arguments);
        assertThat(outcome.error() + outcome.exitCode()).isEqualTo("0");
        return outcome.out();
    }

    private Terminal.Outcome refused(String... arguments) {
        var outcome = terminal.run(arguments);
        assertThat(outcome.exitCode()).isEqualTo(1);
        return outcome;
    }

    @Test
    void whatWouldGoIsSaidFirst() {
        var preview = refused("person", "delete", "ann", "--project", "shop");
        assertThat(preview.out()).contains("Would be deleted: 1 events, 1 sessions, 1 profiles (1 devices");
        assertThat(preview.error()).contains("Nothing was deleted", "--yes");
        assertThat(ok("person", "delete", "ann", "--project", "shop", "--yes"))
                .contains("Deleted: 1 events, 1 sessions, 1 profiles")
                .contains("No import brings back what happened up to")
                .contains("'compact'");
        var again = terminal.run("person", "delete", "ann", "--project", "shop", "--json");
        assertThat(again.json().path("found").asBoolean()).isFalse();
    }

    @Test
    void somebodyUnknownIsToldWithTheNearest() {
        var unknown = refused("person", "delete", "anm", "--project", "shop");
        assertThat(unknown.out())
                .contains("Nothing is stored of a profile 'anm'")
                .contains("Nearest: ann");
        assertThat(unknown.error()).contains("Give --yes if the id is right");
        assertThat(refused("person", "delete", "ann", "--project", "shpo").error())
                .contains("There is no project 'shpo'. Did you mean 'shop'?");
        assertThat(refused("person", "delete", "", "--project", "shop").error()).contains("nobody's id");
        assertThat(terminal.run("person", "delete", "ann").exitCode()).isEqualTo(2);
    }

    @Test
    void aPeriodIsShownSetAndCarriedOut() {
        assertThat(ok("project", "retention", "shop")).contains("keeps what happened for ever");
        var unsure = refused("project", "retention", "shop", "--days", "30");
        assertThat(unsure.error()).contains("Nothing was changed", "--yes");
        assertThat(ok("project", "retention", "shop")).contains("for ever");
        assertThat(ok("project", "retention", "shop", "--days", "30", "--yes"))
                .contains("for 30 days")
                .contains("2 events, 2 sessions, 2 profiles");
        assertThat(ok("project", "retention", "shop", "--days", "60")).contains("for 60 days");
        var json = terminal.run("project", "retention", "shop", "--json").json();
        assertThat(json.path("days").asInt()).isEqualTo(60);
        assertThat(ok("project", "retention", "shop", "--days", "forever")).contains("for ever");
    }

    @Test
    void aWrongPeriodIsExplained() {
        for (var days : new String[] {"0", "-1", "36501"}) {
            assertThat(refused("project", "retention", "shop", "--days=" + days, "--yes")
                            .error())
                    .contains(days, "1 to 36500");
        }
        assertThat(refused("project", "retention", "shop", "--days", "a month").error())
                .contains("'a month'", "'forever'");
    }

    @Test
    void compactingSaysWhatItDid() {
        assertThat(ok("compact")).contains("Compacted from").contains("in no file any more");
        assertThat(refused("compact", "--data", folder.resolve("none").toString())
                        .error())
                .contains("holds no data");
    }
}
