package org.openpanelmcp.transfer.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.TransferProblem;

class ControlTest {
    private static final Map<String, ControlServer.Command> COMMANDS = Map.of(
            "double",
            (arguments, progress) -> {
                progress.report("half", 0.5);
                return arguments.path("number").asInt() * 2;
            },
            "refuse",
            (arguments, progress) -> {
                throw new TransferProblem("Not like this.");
            },
            "fail",
            (arguments, progress) -> {
                throw new IllegalStateException("secret detail");
            });

    @TempDir
    Path data;

    @Test
    void answersWithProgressAndResult() {
        try (var server = ControlServer.start(data, COMMANDS);
                var client = ControlClient.connect(data).orElseThrow()) {
            assertThat(server).isNotNull();
            var steps = new ArrayList<String>();
            var result = client.call("double", Map.of("number", 21), (step, done) -> steps.add(step + " " + done));
            assertThat(result.asInt()).isEqualTo(42);
            assertThat(steps).containsExactly("half 0.5");
        }
    }

    @Test
    void tellsProblemsInTheServersWordsAndHidesDefects() {
        try (var server = ControlServer.start(data, COMMANDS)) {
            assertThat(server).isNotNull();
            assertThatThrownBy(() -> call("refuse"))
                    .isInstanceOf(ControlProblem.class)
                    .hasMessage("Not like this.");
            assertThatThrownBy(() -> call("fail"))
                    .hasMessageContaining("its log says why")
                    .hasMessageNotContaining("secret");
            assertThatThrownBy(() -> call("dubble")).hasMessageContaining("It knows double, fail, refuse.");
        }
    }

    @Test
    void onlyTheOwnerCanConnect() throws Exception {
        try (var server = ControlServer.start(data, COMMANDS)) {
            assertThat(server).isNotNull();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("control.sock"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void isGoneAfterTheServer() {
        ControlServer.start(data, COMMANDS).close();
        assertThat(ControlClient.connect(data)).isEmpty();
        assertThat(data.resolve("control.sock")).doesNotExist();
    }

    @Test
    void replacesTheSocketOfAKilledServer() throws Exception {
        leaveStaleSocket(data.resolve("control.sock"));
        assertThat(ControlClient.connect(data)).isEmpty();
        try (var server = ControlServer.start(data, COMMANDS)) {
            assertThat(server).isNotNull();
            assertThat(call("double")).isZero();
        }
    }

    @Test
    void refusesASecondServer() {
        try (var server = ControlServer.start(data, COMMANDS)) {
            assertThat(server).isNotNull();
            assertThatThrownBy(() -> ControlServer.start(data, COMMANDS))
                    .isInstanceOf(ControlProblem.class)
                    .hasMessageContaining("running on " + data + " already");
            assertThat(call("double")).isZero();
        }
    }

    @Test
    void worksInADirectoryWhosePathIsTooLongForASocket() throws Exception {
        var deep = data;
        for (var part : List.of("a".repeat(60), "b".repeat(60))) {
            deep = Files.createDirectory(deep.resolve(part));
        }
        try (var server = ControlServer.start(deep, COMMANDS);
                var client = ControlClient.connect(deep).orElseThrow()) {
            assertThat(server).isNotNull();
            assertThat(client.call("double", Map.of("number", 4), Progress.SILENT)
                            .asInt())
                    .isEqualTo(8);
        }
        assertThat(deep).isEmptyDirectory();
    }

    private int call(String command) {
        try (var client = ControlClient.connect(data).orElseThrow()) {
            return client.call(command, Map.of(), Progress.SILENT).asInt();
        }
    }

    /** A socket file with nobody behind it: Java leaves it when the channel closes, as the system does after a kill. */
    private static void leaveStaleSocket(Path socket) throws IOException {
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
    }
}
