package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a caller can get wrong: each answer names the argument, the value and what is allowed, and nothing of our insides. */
class BadInputTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern INSIDES = Pattern.compile(
            "(?i)\\bselect\\b|\\bfrom events|openpanelmcp|\\bjava\\b|exception|duckdb|jdbc|sqlite|jackson|@Param|\\bnode\\b");

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

    /** A call with one fault: the argument that is named, and what its message says. */
    record Fault(String tool, String arguments, String field, List<String> says) {}

    private static Fault events(String arguments, String field, String... says) {
        return new Fault("query_events", arguments, field, List.of(says));
    }

    private static Fault overview(String arguments, String field, String... says) {
        return new Fault("get_analytics_overview", arguments, field, List.of(says));
    }

    static Stream<Fault> faults() {
        return Stream.of(dates(), limits(), types(), filters(), sizes(), names(), paths())
                .flatMap(List::stream);
    }

    private static List<Fault> dates() {
        return List.of(
                overview("{'startDate':'2024-02-30'}", "startDate", "\"2024-02-30\"", "29 days", "2024-02-29"),
                overview("{'startDate':'2024-13-01'}", "startDate", "\"2024-13-01\"", "01 to 12"),
                overview("{'endDate':'2024-00-10'}", "endDate", "\"2024-00-10\"", "01 to 12"),
                overview("{'endDate':'1850-01-01'}", "endDate", "\"1850-01-01\"", "1970-01-02"),
                overview("{'endDate':'2024-03-04T25:00'}", "endDate", "2024-03-04T25:00", "00 to 23"),
                overview("{'endDate':'2024-03-04T10:00+19:00'}", "endDate", "+19:00", "+18:00"),
                overview("{'startDate':'last_weak'}", "startDate", "\"last_weak\"", "\"last_week\"?", "2026-11-20"),
                overview("{'startDate':''}", "startDate", "\"\"", "yesterday"),
                overview("{'startDate':'0d'}", "startDate", "\"0d\"", "7d"),
                overview(
                        "{'startDate':'2024-03-08','endDate':'2024-03-04'}",
                        "startDate",
                        "2024-03-08T00:00Z",
                        "2024-03-04T23:59:59.999Z",
                        "Swap"),
                overview(
                        "{'startDate':'2014-03-08','endDate':'2024-03-07','interval':'hour'}",
                        "interval",
                        "2000",
                        "hour",
                        "wider interval"),
                new Fault("get_top_pages", "{'startDate':20240304}", "startDate", List.of("text", "20240304")));
    }

    private static List<Fault> limits() {
        return Stream.of("0", "1.5", "'20'", "101", "-1", "true", "[]", "99999999999999999999")
                .map(limit -> events(
                        "{'limit':" + limit + "}", "limit", "whole number", "1 to 100", limit.replace('\'', '"')))
                .toList();
    }

    private static List<Fault> types() {
        return List.of(
                events("{'eventNames':'sign_up'}", "eventNames", "list", "[\"sign_up\"]"),
                events("{'eventNames':[1]}", "eventNames[0]", "text", "1"),
                events("{'eventNames':['a',null]}", "eventNames[1]", "text", "null"),
                events("{'properties':['plan']}", "properties", "object", "[\"plan\"]"),
                events("{'properties':{'plan':1}}", "properties.plan", "text", "1"),
                events("{'filters':'country=SE'}", "filters", "object", "country=SE"),
                events("{'filters':{'country':{'is':'SE'}}}", "filters.country", "text", "{\"is\":\"SE\"}"),
                events("{'filters':{'country':[]}}", "filters.country", "0 values", "1 to 100"),
                events("{'country':['SE']}", "country", "text", "[\"SE\"]"),
                events("{'projectId':1}", "projectId", "text", "1"),
                events("{'cursor':1}", "cursor", "text", "1"),
                events("{'columns':'name'}", "columns", "list", "\"name\""),
                overview("{'compare':true}", "compare", "previous_period", "previous_year", "true"));
    }

    private static List<Fault> filters() {
        return List.of(
                events("{'filters':{'contry':'SE'}}", "filters.contry", "\"contry\"", "\"country\"", "Allowed are"),
                events("{'filters':{'plan':'pro'}}", "filters.plan", "\"plan\"", "properties.plan"),
                events("{'filters':{'properties.':'pro'}}", "filters.properties.", "properties.<key>"),
                events("{'country':'SE','filters':{'country':'US'}}", "filters.country", "country is given twice"),
                events(
                        "{'properties':{'plan':'pro'},'filters':{'properties.plan':'free'}}",
                        "filters.properties.plan",
                        "given twice"),
                events("{'eventNames':['a'],'filters':{'name':'b'}}", "filters.name", "name is given twice"));
    }

    private static List<Fault> sizes() {
        var values = "'v',".repeat(100) + "'v'";
        var dimensions = Stream.iterate(1, i -> i + 1)
                .limit(21)
                .map(i -> "'properties.k" + i + "':'v'")
                .reduce((left, right) -> left + "," + right)
                .orElseThrow();
        return List.of(
                events("{'path':'" + "x".repeat(5_000) + "'}", "path", "5000 characters", "4000"),
                events("{'path':'a\\u0000b'}", "path", "NUL"),
                events("{'properties':{'a\\u0000b':'x'}}", "properties.a\uFFFDb", "NUL"),
                events("{'filters':{'properties.a\\u0000b':'x'}}", "filters.properties.a\uFFFDb", "NUL"),
                events("{'filters':{'path':'a\\u0000b'}}", "filters.path", "NUL"),
                events("{'filters':{'path':[" + values + "]}}", "filters.path", "101 values", "1 to 100"),
                events("{'properties':{" + dimensions + "}}", "properties", "21 keys", "20"),
                events("{'filters':{" + dimensions + "}}", "filters", "21 dimensions", "20"),
                events("{'eventNames':[" + values + "]}", "eventNames", "101 elements", "50"),
                events("{'startDate':'" + "x".repeat(3_900) + "'}", "startDate", "is no date", "yesterday"),
                overview("{'interval':'" + "x".repeat(3_900) + "'}", "interval", "hour, day, week, month"),
                events("{'filters':{'" + "x".repeat(5_000) + "':'v'}}", "filters.xxx", "no dimension", "Allowed are"),
                events("{'" + "x".repeat(5_000) + "':'v'}", "xxx", "no argument", "Allowed are"));
    }

    /** Of funnels, flows and cohorts. */
    private static List<Fault> paths() {
        var funnel = "{'steps':['screen_view','sign_up'],";
        return List.of(
                new Fault("get_funnel", "{'steps':['sign_up']}", "steps", List.of("1 elements", "from 2 to 10")),
                new Fault(
                        "get_funnel",
                        "{'steps':['sign_up','" + "x".repeat(10_000) + "']}",
                        "steps[1].name",
                        List.of("10000 characters", "4000")),
                new Fault("get_funnel", funnel + "'windowHours':0}", "windowHours", List.of("1 to 720", "0")),
                new Fault("get_funnel", funnel + "'limit':51}", "limit", List.of("1 to 50", "51")),
                new Fault("get_funnel", funnel + "'breakdown':'company'}", "breakdown", List.of("properties.company")),
                new Fault("get_retention_cohort", "{'periods':0}", "periods", List.of("1 to 90", "0")),
                new Fault("get_retention_cohort", "{'breakdown':'group.plan'}", "breakdown", List.of("group.name")),
                new Fault(
                        "get_user_flow",
                        "{'startEvent':'sign_up','mode':'between'}",
                        "endEvent",
                        List.of("required for mode between")),
                new Fault(
                        "get_page_conversions",
                        "{'conversionEvent':'sign_up','windowHours':0}",
                        "windowHours",
                        List.of("whole number", "0")));
    }

    private static List<Fault> names() {
        return List.of(
                events("{'contry':'SE'}", "contry", "\"contry\"", "\"country\"?"),
                events("{'columns':['nme']}", "columns[0]", "\"nme\"", "\"name\"?", "created_at"),
                overview("{'interval':'days'}", "interval", "\"days\"", "\"day\"?"),
                overview("{'compare':'last_year'}", "compare", "\"last_year\"", "previous_year"),
                overview("{'limit':5}", "limit", "\"limit\"", "Allowed are"),
                new Fault("get_top_pages", "{'sortBy':'views'}", "sortBy", List.of("\"views\"", "pageviews")),
                new Fault("list_projects", "{'projectId':'p1'}", "projectId", List.of("no argument \"projectId\"")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void oneFault(Fault fault) {
        var error = refused(Who.READ, fault.tool(), fault.arguments());
        assertThat(error.at("/code").stringValue()).isEqualTo("invalid_arguments");
        assertThat(error.at("/problems")).hasSize(1);
        assertThat(error.at("/problems/0/field").stringValue()).startsWith(fault.field());
        assertThat(error.at("/problems/0/message").stringValue()).contains(fault.says());
        assertThat(error.at("/message")).isEqualTo(error.at("/problems/0/message"));
        assertThat(error.toString()).hasSizeLessThan(3_000);
    }

    @Test
    void allFaultsComeInOneAnswer() {
        var error = refused(
                Who.READ,
                "query_events",
                "{'limit':0,'startDate':'2024-02-30','endDate':'soon','contry':'SE','columns':['nme'],'country':7,"
                        + "'filters':{'contry':'SE','plan':'pro'}}");
        assertThat(error.at("/message").stringValue()).isEqualTo("8 arguments need a change.");
        assertThat(FixtureServer.table(error.at("/problems"), "field"))
                .containsExactlyInAnyOrder(
                        "limit",
                        "startDate",
                        "endDate",
                        "contry",
                        "columns[0]",
                        "country",
                        "filters.contry",
                        "filters.plan");
    }

    @Test
    void thousandsOfFaultsMakeNoLongAnswer() {
        var arguments = JSON.createObjectNode();
        for (int i = 0; i < 20_000; i++) {
            arguments.put("argument" + i, i);
        }
        var error = refused(Who.READ, "query_events", arguments.toString());
        assertThat(error.at("/message").stringValue())
                .isEqualTo("20000 arguments need a change. The first 20 are named.");
        assertThat(error.at("/problems")).hasSize(20);
    }

    @Test
    void nullMeansLeftOut() {
        var all = new StringBuilder();
        server.tools(Who.READ).stream()
                .filter(tool -> tool.get("name").stringValue().equals("query_events"))
                .forEach(tool -> tool.at("/inputSchema/properties")
                        .propertyNames()
                        .forEach(name -> all.append(all.isEmpty() ? "{" : ",").append("'" + name + "':null")));
        var answer = server.ask(Who.READ, "query_events", json(all + "}"));
        assertThat(answer.at("/rows")).hasSize(19);
        assertThat(answer.content())
                .isEqualTo(server.ask(Who.READ, "query_events", "{}").content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", ".", "..", "a.b", "e30.e30", "not base64 at all!", "\uD83D\uDE00"})
    void aCursorThatIsNone(String cursor) {
        var error = refused(Who.READ, "query_events", "{'cursor':'" + cursor + "'}");
        assertThat(error.at("/problems/0/field").stringValue()).isEqualTo("cursor");
        assertThat(error.at("/message").stringValue()).contains("leave cursor out");
    }

    @Test
    void aCursorWithOneLetterChanged() {
        var cursor = cursor("{'limit':1}");
        // The last letter of each half carries bits that mean nothing.
        for (int at = 0; at < cursor.length() - 1; at++) {
            if (cursor.charAt(at) == '.' || cursor.charAt(at + 1) == '.') {
                continue;
            }
            var changed = cursor.substring(0, at) + (cursor.charAt(at) == 'A' ? 'B' : 'A') + cursor.substring(at + 1);
            var error = refused(Who.READ, "query_events", "{'limit':1,'cursor':'" + changed + "'}");
            assertThat(error.at("/problems/0/field").stringValue()).isEqualTo("cursor");
        }
    }

    @Test
    void aCursorOfAnotherQuestion() {
        var cursor = cursor("{'limit':1}");
        refused(Who.READ, "list_event_names", "{'limit':1,'cursor':'" + cursor + "'}");
        refused(Who.READ, "get_top_pages", "{'limit':1,'cursor':'" + cursor + "'}");
        refused(Who.READ, "query_events", "{'limit':1,'country':'SE','cursor':'" + cursor + "'}");
        refused(Who.READ, "query_events", "{'limit':1,'startDate':'2024-03-04','cursor':'" + cursor + "'}");
        refused(Who.HERON_READ, "query_events", "{'limit':1,'cursor':'" + cursor + "'}");
        refused(Who.ROOT, "query_events", "{'limit':1,'projectId':'p1','cursor':'" + cursor + "'}");
    }

    private static String cursor(String arguments) {
        return server.ask(Who.READ, "query_events", json(arguments))
                .at("/meta/nextCursor")
                .stringValue();
    }

    @Test
    void argumentsMayBeMissing() {
        // Q67: the original refuses a call without arguments even where there are none.
        for (var params : List.of("{'name':'list_projects'}", "{'name':'list_projects','arguments':null}")) {
            var result = request(params).get("result");
            assertThat(result.get("isError").booleanValue()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name':'list_projects','arguments':[]}",
                "{'name':'list_projects','arguments':'{}'}",
                "{'name':7,'arguments':{}}",
                "{'arguments':{}}"
            })
    void callsThatAreNone(String params) {
        var error = request(params).get("error");
        assertThat(error.get("code").intValue()).isEqualTo(-32602);
        assertThat(INSIDES.matcher(error.toString()).find())
                .as(error.toString())
                .isFalse();
    }

    @Test
    void anUnknownToolIsNamedWithTheNearestOne() {
        var error = request("{'name':'get_top_page','arguments':{}}").get("error");
        assertThat(error.get("code").intValue()).isEqualTo(-32602);
        assertThat(error.get("message").stringValue()).contains("\"get_top_page\"", "\"get_top_pages\"?", "tools/list");
    }

    private static JsonNode request(String params) {
        return server.caller(Who.READ).request("tools/call", (ObjectNode) JSON.readTree(json(params)));
    }

    private static JsonNode refused(Who who, String tool, String arguments) {
        var answer = server.call(who, tool, json(arguments));
        assertThat(answer.isError()).as("%s %s", tool, arguments).isTrue();
        assertThat(answer.content().propertyNames()).containsExactly("error");
        var error = answer.at("/error");
        assertThat(error.at("/hint").stringValue()).isNotBlank();
        assertThat(INSIDES.matcher(error.toString()).find())
                .as(error.toString())
                .isFalse();
        return error;
    }

    private static String json(String withSingleQuotes) {
        return withSingleQuotes.replace('\'', '"');
    }
}
