package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the endpoint offers beside all tools: fewer of them, resources, prompts, suggestions. */
class GuideTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

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

    @Test
    void anAddressMayAskForFewerTools() throws Exception {
        assertThat(tools("?toolset=core"))
                .contains("list_event_names", "get_analytics_overview")
                .hasSizeLessThan(15);
        assertThat(tools("?tools=query_events,%20get_top_pages")).containsExactly("query_events", "get_top_pages");
        assertThat(tools("?toolset=traffic&tools=query_events"))
                .containsExactly("query_events", "get_top_referrers", "get_country_breakdown", "get_device_breakdown");
        assertThat(tools("?toolset=all"))
                .isEqualTo(tools(""))
                .hasSize(AllTools.sets().tools().size());
    }

    @Test
    void aToolThatTheAddressLeavesOutIsNoneOfThisClient() throws Exception {
        var answer = post("?tools=query_events", """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_top_pages","arguments":{}}}""");
        assertThat(answer.body()).contains("get_top_pages", "Add it to tools= in the address");
        assertThat(answer.body()).doesNotContain("\"rows\"");
    }

    @Test
    void unknownToolsAndToolsetsInTheAddressAreRefusedWithTheNearest() throws Exception {
        var list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
        var set = post("?toolset=cores", list);
        assertThat(set.statusCode()).isEqualTo(400);
        assertThat(set.body()).contains("toolset=cores", "Did you mean core?", "traffic");
        var tool = post("?tools=query_event", list);
        assertThat(tool.statusCode()).isEqualTo(400);
        assertThat(tool.body()).contains("Did you mean query_events?");
    }

    @Test
    void resourcesHoldTheVocabularyOfOnesOwnProjects() {
        var uris = request(Who.READ, "resources/list", "{}")
                .at("/result/resources")
                .valueStream()
                .map(resource -> resource.get("uri").stringValue())
                .toList();
        assertThat(uris)
                .containsExactly(
                        "openpanel://metrics", "openpanel://projects/p1/events", "openpanel://projects/p1/properties");
        var events = content(Who.READ, "openpanel://projects/p1/events");
        assertThat(JSON.readTree(events).at("/rows/0/name").stringValue()).isEqualTo("screen_view");
        var properties = content(Who.ROOT, "openpanel://projects/p1/properties");
        assertThat(JSON.readTree(properties).at("/properties/0/property_key").stringValue())
                .isEqualTo("plan");
        assertThat(request(Who.ROOT, "resources/templates/list", "{}").at("/result/resourceTemplates"))
                .hasSize(2);
    }

    @Test
    void theDefinitionsAreThoseOfTheDocumentation() throws IOException {
        assertThat(content(Who.READ, "openpanel://metrics")).isEqualTo(Files.readString(Path.of("docs", "metrics.md")));
    }

    @Test
    void resourcesOfOthersAreNotThere() {
        for (var uri : List.of(
                "openpanel://projects/heron/events",
                "openpanel://projects/bittern/events",
                "openpanel://projects/p1/secrets",
                "openpanel://projects/%zz/events",
                "openpanel://projects/p1%2F..%2Fheron/events",
                "file:///etc/passwd")) {
            var params = JSON.createObjectNode().put("uri", uri);
            var answer = server.caller(Who.READ).request("resources/read", params);
            assertThat(answer.has("error")).as(uri).isTrue();
            assertThat(answer.toString()).doesNotContain("Lund", "heron-");
        }
    }

    @Test
    void promptsSayWhichToolsAnswerThem() {
        var prompts = request(Who.READ, "prompts/list", "{}").at("/result/prompts");
        assertThat(prompts).hasSize(3);
        var known =
                AllTools.sets().tools().stream().map(tool -> tool.spec().name()).toList();
        for (var prompt : prompts) {
            var params = JSON.createObjectNode().put("name", prompt.get("name").stringValue());
            params.putObject("arguments").put("path", "/a\"b\n*").put("projectId", "p1");
            var text = server.caller(Who.READ)
                    .request("prompts/get", params)
                    .at("/result/messages/0/content/text")
                    .stringValue();
            assertThat(text).contains("\"p1\"").doesNotContain("%s", "%1$s", "/a\"b");
            var named = Pattern.compile("\\b(get|list|query)_[a-z_]+")
                    .matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .distinct()
                    .toList();
            assertThat(named).hasSizeGreaterThan(3).isSubsetOf(known);
        }
    }

    @Test
    void argumentsAreSuggestedFromWhatThereIs() {
        assertThat(suggestions(Who.READ, "what_changed", "event", "s"))
                .containsExactly("screen_view", "session_start", "session_end", "sign_up");
        assertThat(suggestions(Who.READ, "what_changed", "event", "SIGN")).containsExactly("sign_up");
        assertThat(suggestions(Who.ROOT, "weekly_report", "projectId", ""))
                .containsExactlyInAnyOrder("p1", "heron", "till", "bare");
        // A client of several projects has to name one first.
        assertThat(suggestions(Who.ROOT, "what_changed", "event", "")).isEmpty();
        assertThat(suggestions(Who.READ, "landing_page_review", "path", "/p")).containsExactly("/pricing");
        assertThat(suggestions(Who.READ, "landing_page_review", "path", "!*\\")).isEmpty();
    }

    private static List<String> suggestions(Who who, String prompt, String argument, String begun) {
        var params = JSON.createObjectNode();
        params.putObject("ref").put("type", "ref/prompt").put("name", prompt);
        params.putObject("argument").put("name", argument).put("value", begun);
        return server.caller(who)
                .request("completion/complete", params)
                .at("/result/completion/values")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    private static String content(Who who, String uri) {
        var params = JSON.createObjectNode().put("uri", uri);
        return server.caller(who)
                .request("resources/read", params)
                .at("/result/contents/0/text")
                .stringValue();
    }

    private static JsonNode request(Who who, String method, String params) {
        return server.caller(who).request(method, (ObjectNode) JSON.readTree(params));
    }

    private static List<String> tools(String query) throws Exception {
        var answer = post(query, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body())
                .at("/result/tools")
                .valueStream()
                .map(tool -> tool.get("name").stringValue())
                .toList();
    }

    private static HttpResponse<String> post(String query, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/mcp" + query))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-11-25")
                .header("Authorization", "Bearer " + Who.READ.token())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
