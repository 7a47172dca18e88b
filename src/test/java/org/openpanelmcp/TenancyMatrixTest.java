package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.FixtureServer.table;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who sees what. Every text column of the projects heron (same organization), bittern (other organization) and dodo
 * (deleted) holds the project's name, so that a leak from anywhere shows.
 */
class TenancyMatrixTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> UNSEEN = List.of(
            "quokka", "bittern", "dodo", "P1", "p1 ", "../p1", "p1' or '1'='1", "%", "*", "p1\u0000", "p".repeat(300));

    @TempDir
    static Path data;

    private static FixtureServer server;

    @BeforeAll
    static void start() throws IOException {
        server = FixtureServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    record Cell(String tool, Who who) {}

    static Stream<String> tools() {
        return server.tools(Who.ROOT).stream()
                .filter(tool -> tool.at("/inputSchema/properties").has("projectId"))
                .map(tool -> tool.get("name").stringValue());
    }

    static Stream<Cell> cells() {
        return tools().flatMap(tool -> Stream.of(new Cell(tool, Who.READ), new Cell(tool, Who.ROOT)));
    }

    @Test
    void allToolsAreAboutOneProjectButTheListsOfProjectsAndMetrics() {
        assertThat(tools()).hasSize(server.tools(Who.ROOT).size() - 2).doesNotContain("list_projects", "list_metrics");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aReadClientHasItsProjectNamedOrNot(String tool) {
        var named = server.ask(Who.READ, tool, project(tool, "p1"));
        assertThat(named.at("/meta/project").stringValue()).isEqualTo("p1");
        for (var arguments : List.of("{}", "{\"projectId\":null}", project(""), project("  "))) {
            assertThat(server.ask(Who.READ, tool, LeastArguments.with(tool, arguments))
                            .content())
                    .isEqualTo(named.content());
        }
        // Q70: a project that is not its own is an error and not silently replaced by its own.
        refused(Who.READ, tool, "heron", "not_found");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aRootClientNamesOneOfItsOrganization(String tool) {
        for (var id : List.of("p1", "heron", "till", "bare")) {
            var answer = server.ask(Who.ROOT, tool, project(tool, id));
            assertThat(answer.at("/meta/project").stringValue()).isEqualTo(id);
        }
        for (var arguments : List.of("{}", "{\"projectId\":null}", project(""))) {
            var answer = server.call(Who.ROOT, tool, LeastArguments.with(tool, arguments));
            assertThat(answer.at("/error/code").stringValue()).isEqualTo("project_required");
            assertThat(answer.at("/error/hint").stringValue()).contains("bare, heron, p1, till");
        }
        refused(Who.SECOND_ROOT, tool, "p1", "not_found");
    }

    @ParameterizedTest
    @MethodSource("cells")
    void unknownForeignAndDeletedAreTheSame(Cell cell) {
        var unknown = refused(cell.who(), cell.tool(), "quokka", "not_found").toString();
        for (var id : List.of("bittern", "dodo")) {
            var foreign = refused(cell.who(), cell.tool(), id, "not_found").toString();
            assertThat(foreign.split(id, -1)).as("the id occurs once").hasSize(2);
            assertThat(foreign.replace(id, "quokka")).isEqualTo(unknown);
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void whatIsNoIdOfOnesOwnIsRefused(Cell cell) {
        for (var id : UNSEEN) {
            var answer = server.call(cell.who(), cell.tool(), project(cell.tool(), id));
            assertThat(answer.isError()).as(id).isTrue();
            assertThat(answer.at("/error/code").stringValue()).isIn("not_found", "invalid_arguments");
        }
    }

    /** Everything a caller can ask for, including what makes a tool tell which values there are. */
    private static Stream<String> questions() {
        var range = "\"startDate\":\"2024-01-01\",\"endDate\":\"2024-12-31\"";
        var dimensions = Stream.of(
                "name",
                "path",
                "city",
                "browser",
                "utm_source",
                "entry_path",
                "profile_id",
                "session_id",
                "properties.__title");
        return Stream.concat(
                Stream.of(
                        "{" + range + "}",
                        "{" + range + ",\"limit\":100}",
                        "{" + range + ",\"eventNames\":[\"bitern\"]}"),
                dimensions.map(dimension -> "{" + range + ",\"filters\":{\"" + dimension + "\":\"bitern\"}}"));
    }

    private static List<String> everything(Who who, String projectId) {
        return tools().flatMap(tool -> questions().map(question -> {
                    var arguments = (ObjectNode) JSON.readTree(LeastArguments.with(tool, question));
                    arguments.put("projectId", projectId);
                    return server.call(who, tool, arguments.toString())
                            .content()
                            .toString();
                }))
                .toList();
    }

    @Test
    void nothingOfOtherProjectsReachesAReadClient() {
        assertThat(everything(Who.READ, "p1"))
                .hasSizeGreaterThan(50)
                .allSatisfy(answer -> assertThat(answer).doesNotContain("heron", "bittern", "dodo", "Lund"));
        assertThat(server.ask(Who.READ, "list_projects", "{}").content().toString())
                .doesNotContain("heron", "bittern", "dodo", "till");
    }

    @Test
    void nothingOfOtherOrganizationsAndDeletedProjectsReachesARootClient() {
        for (var id : List.of("p1", "heron")) {
            assertThat(everything(Who.ROOT, id))
                    .allSatisfy(answer -> assertThat(answer).doesNotContain("bittern", "dodo"));
        }
        assertThat(server.ask(Who.ROOT, "list_projects", "{}").content().toString())
                .doesNotContain("bittern", "dodo");
        assertThat(everything(Who.SECOND_ROOT, "bittern"))
                .allSatisfy(answer -> assertThat(answer).doesNotContain("heron", "dodo", "\"p1\"", "Lund"));
        assertThat(table(server.ask(Who.SECOND_ROOT, "list_projects", "{}").at("/projects"), "id"))
                .containsExactly("bittern");
    }

    @Test
    void theCanariesAreThere() {
        assertThat(everything(Who.HERON_READ, "heron"))
                .anySatisfy(answer -> assertThat(answer)
                        .contains(
                                "heron-path-1", "heron-city-1", "heron-title-1", "heron-referrer-1", "heron-model-1"));
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITE", "NO_SECRET", "ROOT_NO_SECRET", "DELETED_READ"})
    void whoMayNotReadIsTurnedAwayAtTheDoor(Who who) {
        turnedAway(who);
    }

    @Test
    void aCursorServesItsOwnClientOnly() {
        var cursor = server.ask(Who.READ, "query_events", "{\"projectId\":\"p1\",\"limit\":1}")
                .at("/meta/nextCursor")
                .stringValue();
        var arguments = "{\"projectId\":\"p1\",\"limit\":1,\"cursor\":\"" + cursor + "\"}";
        server.ask(Who.READ, "query_events", arguments);
        var answer = server.call(Who.ROOT, "query_events", arguments);
        assertThat(answer.at("/error/problems/0/field").stringValue()).isEqualTo("cursor");
    }

    @Test
    void w40_whatAnotherProcessDeletesOrRevokesIsClosedAtTheNextCall(@TempDir Path own) throws IOException {
        try (var live = FixtureServer.start(own);
                var metadata = live.metadataOfAnotherProcess()) {
            live.ask(Who.HERON_READ, "query_events", "{}");
            live.ask(Who.ROOT, "query_events", project("heron"));
            metadata.projects().delete("heron", Instant.now());
            assertThat(post(live, Who.HERON_READ).statusCode()).isEqualTo(401);
            assertThat(live.call(Who.ROOT, "query_events", project("heron"))
                            .at("/error/code")
                            .stringValue())
                    .isEqualTo("not_found");
            assertThat(table(live.ask(Who.ROOT, "list_projects", "{}").at("/projects"), "id"))
                    .containsExactly("p1", "till", "bare");

            live.ask(Who.READ, "query_events", "{}");
            metadata.clients().revoke(Who.READ.id());
            assertThat(post(live, Who.READ).statusCode()).isEqualTo(401);

            metadata.organizations().delete("first", Instant.now());
            assertThat(post(live, Who.ROOT).statusCode()).isEqualTo(401);
            assertThat(post(live, Who.SECOND_ROOT).statusCode()).isEqualTo(200);
        }
    }

    private static void turnedAway(Who who) {
        var response = post(server, who);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer");
        assertThat(JSON.readTree(response.body()).isObject()).isTrue();
        assertThat(response.body()).doesNotContain(who.secret(), who.token(), "dodo");
    }

    private static HttpResponse<String> post(FixtureServer at, Who who) {
        return at.caller(who).post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
    }

    private static JsonNode refused(Who who, String tool, String projectId, String code) {
        var answer = server.call(who, tool, project(tool, projectId));
        assertThat(answer.isError()).as("%s %s %s", who, tool, projectId).isTrue();
        assertThat(answer.at("/error/code").stringValue()).isEqualTo(code);
        return answer.content();
    }

    private static String project(String tool, String id) {
        return LeastArguments.of(tool).put("projectId", id).toString();
    }

    private static String project(String id) {
        return JSON.createObjectNode().put("projectId", id).toString();
    }
}
