package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program as processes of their own: what a person at a terminal meets. */
class ProgramTest {
    private static final String FIXTURE = FixtureServer.FOLDER.toString();
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private String data() {
        return folder.resolve("data").toString();
    }

    @Test
    void commandsWorkWhileTheServerRunsAndCountAtTheNextCall() {
        try (var server = serve()) {
            var port = port(server);
            assertThat(ok("org", "create", "--id", "acme", "--name", "Acme")).contains("acme");
            assertThat(ok("project", "create", "--id", "shop", "--org", "acme", "--name", "Shop"))
                    .contains("shop");
            var client = JSON.readTree(ok("client", "create", "--project", "shop", "--type", "read", "--json"));
            var caller = new McpCaller(port, client.get("mcpToken").stringValue());

            assertThat(caller.call("list_projects", "{}")
                            .at("/projects/0/eventsCount")
                            .longValue())
                    .isZero();
            assertThat(ok("import", events(3).toString())).contains("events.jsonl");
            assertThat(caller.call("list_projects", "{}")
                            .at("/projects/0/eventsCount")
                            .longValue())
                    .isEqualTo(3);

            ok("client", "revoke", client.get("clientId").stringValue());
            var refused = caller.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(server.stop().output()).doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void aSecondServerOnTheDirectoryIsToldSo() {
        try (var first = serve()) {
            port(first);
            var second = Program.run("serve", "--data", data(), "--port", "0");
            assertRefused(second, "open in another process");
        }
    }

    @Test
    void aPortInUseIsNamed() {
        try (var first = serve()) {
            var port = Integer.toString(port(first));
            var second = Program.run("serve", "--data", folder.resolve("other").toString(), "--port", port);
            assertRefused(second, port, "in use", "--port");
        }
    }

    @Test
    void aFixedClockIsForTestDataOnly() {
        var real = Program.run("serve", "--data", data(), "--port", "0", "--now", "2024-03-08T12:00:00Z");
        assertRefused(real, "test data", "--test");
        ok("import", FIXTURE, "--test");
        try (var server = Program.start("serve", "--data", data(), "--port", "0", "--now", "2024-03-08T12:00:00Z")) {
            assertThat(server.lineWith("for the present")).contains("2024-03-08T12:00:00Z");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDirectoryThatCannotBeMadeIsNamed() {
        assertRefused(Program.run("serve", "--data", "/proc/openpanel", "--port", "0"), "/proc/openpanel");
        assertRefused(Program.run("import", FIXTURE, "--data", "/proc/openpanel"), "/proc/openpanel");
    }

    @Test
    void badSettingsAreReportedTogether() {
        var ended = Program.run("serve", "--data", data(), "--port", "99999", "--public-url", "ftp://x");
        assertRefused(ended, "--port", "99999", "--public-url", "ftp://x");
    }

    /** On a file system of 4 MB, for which the test has to be root on Linux. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskKeepsNothingHalfAndTheNextImportWorks() throws IOException {
        var many = events(40_000).toString();
        var small = Files.createDirectories(folder.resolve("data"));
        assumeTrue(shell("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small.toString()) == 0);
        try {
            ok("org", "create", "--id", "acme", "--name", "Acme");
            ok("project", "create", "--id", "shop", "--org", "acme", "--name", "Shop");
            assertRefused(Program.run("import", many, "--data", data()), "disk is full");
            assertThat(shell("mount", "-o", "remount,size=400m", small.toString()))
                    .isZero();
            var report = JSON.readTree(ok("import", many, "--json"));
            assertThat(report.at("/tables/0/loaded").longValue()).isEqualTo(40_000);
        } finally {
            assertThat(shell("umount", small.toString())).isZero();
        }
    }

    private static int shell(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void theDemoAnswers() throws IOException {
        try (var demo = Program.start("demo", "--data", data(), "--port", "0", "--events", "2000", "--json")) {
            var described = JSON.readTree(demo.lineWith("mcpToken"));
            var url = URI.create(described.get("mcpUrl").stringValue());
            var caller = new McpCaller(url.getPort(), described.get("mcpToken").stringValue());
            var overview = caller.call("get_analytics_overview", "{\"startDate\":\"90d\"}");
            assertThat(overview.at("/summary/total_sessions").longValue()).isPositive();
            assertThat(overview.at("/series")).hasSize(90);
            var both = new McpCaller(url.getPort(), described.get("rootToken").stringValue());
            assertThat(both.call("list_projects", "{}").at("/projects")).hasSize(2);
            assertThat(track(url.resolve("/track"), described)).isEqualTo(200);
        }
        assertRefused(Program.run("demo", "--data", data(), "--events", "1"), "--events", "1000");
    }

    private static int track(URI address, JsonNode described) throws IOException {
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("openpanel-client-id", described.get("writeClientId").stringValue())
                .header(
                        "openpanel-client-secret",
                        described.get("writeClientSecret").stringValue())
                .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"track\",\"payload\":{\"name\":\"hello\"}}"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void aDemoLeavesOtherDataAlone() {
        ok("org", "create", "--id", "acme", "--name", "Acme");
        assertRefused(Program.run("demo", "--data", data()), "no demo", "--data");
    }

    private Program serve() {
        return Program.start("serve", "--data", data(), "--port", "0");
    }

    private static int port(Program server) {
        var line = server.lineWith("answers at");
        return Integer.parseInt(line.replaceAll(".*:(\\d+)/mcp.*", "$1"));
    }

    private String ok(String... arguments) {
        var command = Stream.concat(Arrays.stream(arguments), Stream.of("--data", data()))
                .toArray(String[]::new);
        var ended = Program.run(command);
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        return ended.output();
    }

    private static void assertRefused(Program.Ended ended, String... words) {
        assertThat(ended.output()).contains(words).doesNotContain("Exception", "\tat ");
        assertThat(ended.exitCode()).isEqualTo(1);
    }

    /** A transfer folder of events only. */
    private Path events(int count) {
        var lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("""
                    {"project_id":"shop","name":"screen_view","created_at":"2024-03-04 %02d:%02d:%02d.%03d","device_id":"d%d",\
                    "profile_id":"d%d","path":"/page/%d"}
                    """.formatted(i / 3600 % 24, i / 60 % 60, i % 60, i % 1000, i, i, i));
        }
        try {
            var made = Files.createDirectories(folder.resolve("events-" + count));
            Files.writeString(made.resolve("events.jsonl"), lines);
            return made;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
