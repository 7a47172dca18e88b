package org.openpanelmcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpanelmcp.access.InstallationKey;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.TimeRange;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class HandlesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:20:30Z");
    private static final Instant LONG_AGO = Instant.parse("2024-03-08T12:00:00.123Z");

    @TempDir
    static Path data;

    private final Handles handles = at(NOW);

    private static SecretKey key() {
        return InstallationKey.load(data).keyFor("cursor");
    }

    private static Handles at(Instant now) {
        return new Handles(key(), () -> now);
    }

    private static ObjectNode arguments(String withSingleQuotes) {
        return (ObjectNode) new JsonMapper().readTree(withSingleQuotes.replace('\'', '"'));
    }

    private static PastQuestion question(String arguments) {
        return new PastQuestion("get_funnel", "p1", LONG_AGO, arguments(arguments));
    }

    private String handle(String arguments) {
        return handles.write("client", question(arguments)).orElseThrow();
    }

    @Test
    void whatWasWrittenIsRead() throws BadValue {
        var question = question("{'steps':['a','😀 it\\'s'],'filters':{'path':null}}");
        var handle = handles.write("client", question).orElseThrow();
        assertThat(handles.read("client", handle)).isEqualTo(question);
        assertThat(handle).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void theSameAnswerGivesTheSameHandleForAnHour() {
        var later = at(NOW.plusSeconds(60)).write("client", question("{'step':1}"));
        assertThat(later).contains(handle("{'step':1}"));
    }

    @Test
    void anotherProcessOfTheInstallationReadsIt() throws BadValue {
        assertThat(at(NOW.plusSeconds(3600)).read("client", handle("{'step':1}")))
                .isEqualTo(question("{'step':1}"));
    }

    @Test
    void anotherInstallationDoesNot(@TempDir Path elsewhere) {
        var other = new Handles(InstallationKey.load(elsewhere).keyFor("cursor"), () -> NOW);
        assertThatThrownBy(() -> other.read("client", handle("{}")))
                .hasMessageContaining("not given to this credential");
    }

    @Test
    void itLivesForADay() throws BadValue {
        var handle = handle("{}");
        at(NOW.plus(Duration.ofHours(24))).read("client", handle);
        var tooLate = at(NOW.plus(Duration.ofHours(25)));
        assertThatThrownBy(() -> tooLate.read("client", handle))
                .isInstanceOf(BadValue.class)
                .hasMessage(
                        "This handle expired at 2026-11-23T11:00:00Z. Call get_funnel again: its answer holds a new one.");
    }

    @Test
    void noBitCanBeChanged() {
        var handle = handle("{'steps':['a','b'],'startDate':'2026-11-01'}");
        var refusals = new HashSet<String>();
        for (int place = 0; place < handle.length(); place++) {
            for (int bit = 0; bit < 7; bit++) {
                var forged = new StringBuilder(handle);
                forged.setCharAt(place, (char) (handle.charAt(place) ^ 1 << bit));
                refusals.add(refusal("client", forged.toString()));
            }
        }
        refusals.add(refusal("another client", handle));
        assertThat(refusals).hasSize(1).first().asString().contains("was not given to this credential, or was changed");
    }

    @Test
    void nothingElseIsAHandle() {
        var handle = handle("{'step':1}");
        var cursor = new Cursors(key())
                .write(
                        new Cursors.Question("client", "get_funnel", arguments("{}")),
                        new TimeRange(LONG_AGO, NOW, ZoneOffset.UTC),
                        List.of("1"));
        for (var text : List.of(
                cursor,
                cursor.replace(".", ""),
                handle + "=",
                handle + "A",
                handle + handle,
                " " + handle,
                handle + "\n")) {
            assertThat(refusal("client", text)).contains("was changed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "AAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAA",
                "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
                "null"
            })
    void rubbish(String text) {
        assertThat(refusal("client", text)).contains("was changed");
    }

    private String refusal(String client, String handle) {
        try {
            return "accepted: " + handles.read(client, handle);
        } catch (BadValue refused) {
            assertThat(refused.field()).isEqualTo("handle");
            return refused.text();
        }
    }

    @Test
    void aLongQuestionHasNone() throws BadValue {
        var text = letters(1_200);
        var question =
                new PastQuestion("get_funnel", "p1", LONG_AGO, arguments("{}").put("text", text));
        var handle = handles.write("client", question).orElseThrow();
        assertThat(handle).hasSizeBetween(1_200, Handles.LONGEST);
        assertThat(handles.read("client", handle)).isEqualTo(question);
        var longer =
                new PastQuestion("get_funnel", "p1", LONG_AGO, arguments("{}").put("text", letters(1_700)));
        assertThat(handles.write("client", longer)).isEmpty();
    }

    /** Letters that cannot be compressed much. */
    private static String letters(int count) {
        return new Random(7).ints(count, '#', 'z').mapToObj(Character::toString).collect(Collectors.joining());
    }
}
