package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.FixtureServer.table;
import static org.openpanelmcp.FixtureServer.warnings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openpanelmcp.tool.OldHandles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Who is behind the numbers of the reference fixture, and who may ask. */
class ListPeopleTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FUNNEL = "{'steps':['screen_view','sign_up'],'groupBy':'profile_id'}";
    private static final String ALL_DAYS = "'startDate':'2024-03-04','endDate':'2024-03-08'";

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

    private static String json(String withSingleQuotes) {
        return withSingleQuotes.replace('\'', '"');
    }

    private static McpCaller.Answer answer(String tool, String arguments) {
        return server.ask(Who.READ, tool, json(arguments));
    }

    private static String handle(String tool, String arguments) {
        return answer(tool, arguments).at("/meta/handle").stringValue();
    }

    /** The people by the handle of an answer, which are the same by its arguments. */
    private static McpCaller.Answer people(String tool, String arguments, String choice) {
        var byHandle = (ObjectNode) JSON.readTree(json(choice));
        byHandle.put("handle", handle(tool, arguments));
        var byArguments = (ObjectNode) JSON.readTree(json(choice));
        byArguments.put("tool", tool).set("arguments", JSON.readTree(json(arguments)));
        var people = server.ask(Who.READ, "list_people", byHandle.toString());
        assertThat(server.ask(Who.READ, "list_people", byArguments.toString()).content())
                .isEqualTo(people.content());
        return people;
    }

    private static List<String> ids(String tool, String arguments, String choice) {
        return table(people(tool, arguments, choice).at("/rows"), "id");
    }

    private static JsonNode refused(Who who, String arguments) {
        var answer = server.call(who, "list_people", json(arguments));
        assertThat(answer.isError()).as("%s %s", who, arguments).isTrue();
        return answer.at("/error");
    }

    @Test
    void whoReachedAStepAndWhoDidNotGoOn() {
        assertThat(ids("get_funnel", FUNNEL, "{'step':1}")).containsExactly("u1", "u3", "d2");
        assertThat(ids("get_funnel", FUNNEL, "{'step':2}")).containsExactly("u1", "u3");
        assertThat(ids("get_funnel", FUNNEL, "{'step':1,'dropped':true}")).containsExactly("d2");
        var strictly = FUNNEL.replace("}", ",'order':'strict_increase'}");
        assertThat(ids("get_funnel", strictly, "{'step':2}")).containsExactly("u1");
    }

    @Test
    void whoTheyAre() {
        var people = people("get_funnel", FUNNEL, "{'step':1}");
        assertThat(people.at("/rows/0").toString())
                .isEqualTo(json("{'id':'u1','is_external':true,'first_name':'Ada','last_name':null,'email':null,"
                        + "'first_seen_at':'2024-03-04T09:59:59.9Z','last_seen_at':'2024-03-08T00:20:00Z'}"));
        assertThat(people.at("/rows/2/is_external").booleanValue()).isFalse();
        assertThat(people.at("/meta/total").intValue()).isEqualTo(3);
        assertThat(people.at("/meta/truncated").booleanValue()).isFalse();
        assertThat(people.at("/meta/project").stringValue()).isEqualTo("p1");
        assertThat(people.at("/meta/definition").stringValue())
                .startsWith("People who reached step 1 (screen_view) of get_funnel.");
        assertThat(people.at("/meta/handle").isMissingNode()).isTrue();
    }

    @Test
    void ofSessionsThePeopleOnRecord() {
        // Four sessions enter, two of them u1's.
        var people = people("get_funnel", "{'steps':['screen_view','sign_up']}", "{'step':1}");
        assertThat(table(people.at("/rows"), "id")).containsExactly("u1", "u3", "d2");
        assertThat(people.at("/meta/definition").stringValue())
                .startsWith("People on record for the sessions (one person may have several)");
        var pages = "{'conversionEvent':'sign_up','unit':'sessions'}";
        assertThat(ids(
                        "get_page_conversions",
                        pages,
                        "{'figure':'total_visitors','row':{'origin':'https://x.test','path':'/'}}"))
                .containsExactly("u1", "u3");
    }

    @Test
    void partsOfAFunnel() {
        var arguments = FUNNEL.replace("}", ",'breakdown':'country','limit':1,'interval':'day'}");
        var funnel = answer("get_funnel", arguments);
        assertThat(table(funnel.at("/breakdown"), "value", "other", "totalUsers"))
                .containsExactly("null false 1", "null true 2");
        assertThat(ids("get_funnel", arguments, "{'step':1,'row':{'value':null}}"))
                .containsExactly("u3");
        assertThat(ids("get_funnel", arguments, "{'step':1,'row':{'other':true}}"))
                .containsExactly("u1", "d2");
        assertThat(ids("get_funnel", arguments, "{'step':1,'row':{'date':'2024-03-05T00:00:00Z'}}"))
                .containsExactly("d2");
        assertThat(ids("get_funnel", arguments, "{'step':2,'row':{'date':'2024-03-05T00:00:00Z'}}"))
                .isEmpty();
    }

    @Test
    void cohorts() {
        var arguments = "{'people':'all','interval':'day','periods':3,'startEvent':'screen_view'," + ALL_DAYS + "}";
        var cohort = "'row':{'cohort_interval':'2024-03-04'}";
        assertThat(table(answer("get_retention_cohort", arguments).at("/rows"), "cohort_interval", "sum"))
                .containsExactly("Weighted Average 1", "2024-03-04 1", "2024-03-05 1", "2024-03-06 1");
        for (var criterion : List.of("on", "on_or_after")) {
            var asked = arguments.replace("'people'", "'criterion':'" + criterion + "','people'");
            assertThat(ids("get_retention_cohort", asked, "{" + cohort + "}")).containsExactly("u1");
            assertThat(ids("get_retention_cohort", asked, "{" + cohort + ",'period':3}"))
                    .containsExactly("u1");
        }
        var exactly = arguments.replace("'people'", "'criterion':'on','people'");
        assertThat(ids("get_retention_cohort", exactly, "{" + cohort + ",'period':2}"))
                .isEmpty();
    }

    @Test
    void whoHasNoProfileIsThereAsWell() {
        var arguments = "{'people':'all','startEvent':'sign_up'," + ALL_DAYS + "}";
        var people = people("get_retention_cohort", arguments, "{'row':{'cohort_interval':'2024-03-04'}}");
        assertThat(table(people.at("/rows"), "id", "is_external", "first_name", "last_seen_at"))
                .containsExactly(
                        "u1 true Ada 2024-03-08T00:20:00Z",
                        "u4 true null 2024-03-07T12:00:00Z",
                        "u3 true null 2024-03-06T09:10:01Z");
    }

    @Test
    void pagesAndBreakdowns() {
        var start = "'row':{'origin':'https://x.test','path':'/'}";
        assertThat(ids("get_page_conversions", "{'conversionEvent':'sign_up'}", "{" + start + "}"))
                .containsExactly("u1");
        assertThat(ids(
                        "get_page_conversions",
                        "{'conversionEvent':'sign_up'}",
                        "{" + start + ",'figure':'total_visitors'}"))
                .containsExactly("u1", "u3");
        assertThat(ids("get_top_pages", "{}", "{" + start + "}")).containsExactly("u1", "u3");
        assertThat(ids("get_entry_exit_pages", "{'mode':'entry'}", "{" + start + "}"))
                .containsExactly("u1", "u3");
        assertThat(ids("get_country_breakdown", "{}", "{'row':{'prefix':null,'name':'SE'}}"))
                .containsExactly("u1");
        assertThat(ids("get_country_breakdown", "{}", "{'row':{'name':null}}")).containsExactly("u3");
        assertThat(ids("get_country_breakdown", "{'compare':'previous_period','limit':1}", "{'row':{'name':'US'}}"))
                .containsExactly("d2");
        assertThat(people("get_country_breakdown", "{}", "{'row':{'name':'SE'}}")
                        .at("/meta/definition")
                        .stringValue())
                .startsWith("People on record for the sessions of row {\"name\":\"SE\"} of get_country_breakdown");
    }

    @Test
    void lastSeen() {
        assertThat(ids("get_user_last_seen_distribution", "{'people':'all'}", "{'figure':'active_last_7_days'}"))
                .containsExactly("u1", "u4", "u3", "d2");
        assertThat(ids("get_user_last_seen_distribution", "{'people':'all'}", "{'row':{'days':1}}"))
                .containsExactly("u4");
        assertThat(ids("get_user_last_seen_distribution", "{}", "{'figure':'churned_60_plus_days'}"))
                .isEmpty();
    }

    @Test
    void pageByPage() {
        var arguments = JSON.createObjectNode()
                .put("handle", handle("get_funnel", FUNNEL))
                .put("step", 1)
                .put("limit", 1);
        var found = new ArrayList<String>();
        for (int page = 0; page < 3; page++) {
            var answer = server.ask(Who.READ, "list_people", arguments.toString());
            assertThat(answer.at("/meta/total").intValue()).isEqualTo(3);
            found.addAll(table(answer.at("/rows"), "id"));
            arguments.put("cursor", answer.at("/meta/nextCursor").asString(null));
        }
        assertThat(found).containsExactly("u1", "u3", "d2");
        assertThat(arguments.get("cursor").isNull()).isTrue();
        arguments.remove("cursor");
        var first = server.ask(Who.READ, "list_people", arguments.toString());
        arguments.put("step", 2).set("cursor", first.at("/meta/nextCursor"));
        assertThat(refused(Who.READ, arguments.toString())
                        .at("/problems/0/field")
                        .stringValue())
                .isEqualTo("cursor");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {} | handle | Pass either handle
            {'handle':'x','tool':'get_funnel'} | handle | not both
            {'handle':'x','arguments':{}} | arguments | leave arguments out
            {'tool':'get_funel'} | arguments | Did you mean get_funnel?
            {'tool':'query_events'} | arguments | get_retention_cohort
            {'tool':'list_people'} | arguments | cannot tell
            {'tool':'get_funnel','step':1} | arguments.steps | is missing
            {'tool':'get_funnel','arguments':[],'step':1} | arguments | must be an object
            {'tool':'get_funnel','arguments':{'steps':['a','b'],'stps':1},'step':1} | arguments.stps | Did you mean "steps"?
            {'tool':'get_funnel','arguments':{'steps':['a','b']}} | step | take one from 1 to 2
            {'tool':'get_funnel','arguments':{'steps':['a','b']},'step':3} | step | no step 3
            {'tool':'get_funnel','arguments':{'steps':['a','b']},'step':11} | step | from 1 to 10
            {'tool':'get_funnel','arguments':{'steps':['a','b']},'step':2,'dropped':true} | dropped | is the last one
            {'tool':'get_funnel','arguments':{'steps':['a','b']},'step':1,'period':2} | period | has no period
            {'tool':'get_funnel','arguments':{'steps':['a','b']},'step':1,'row':{'value':'x'}} | row | no breakdown
            {'tool':'get_funnel','arguments':{'steps':['a','b']},'step':1,'row':{'date':'x'}} | row.date | no series
            {'tool':'get_funnel','arguments':{'steps':['a','b'],'startDate':'2024-03-09','endDate':'2024-03-01'},'step':1} | startDate | starts after it ends
            {'tool':'get_funnel','arguments':{'steps':['a','b'],'interval':'day'},'step':1,'row':{'date':'2024-03-05'}} | row | Did you mean {"date":"2024-03-05
            {'tool':'get_funnel','arguments':{'steps':['screen_view','b'],'breakdown':'country'},'step':1,'row':{'value':'SEE'}} | row | Did you mean {"value":"SE"}?
            {'tool':'get_retention_cohort'} | row | row is missing
            {'tool':'get_retention_cohort','row':{'cohort':'2024-03-04'}} | row.cohort | Did you mean cohort_interval?
            {'tool':'get_retention_cohort','row':{'cohort_interval':'2024-03-05'}} | row | Did you mean {"cohort_interval":"2024-03-04"}?
            {'tool':'get_retention_cohort','row':{'cohort_interval':'Weighted Average'}} | row | Rows are
            {'tool':'get_retention_cohort','row':{'cohort_interval':'2024-03-04'},'period':0} | period | not over yet
            {'tool':'get_retention_cohort','row':{'cohort_interval':'2024-03-04'},'period':13} | period | from 0 to 12
            {'tool':'get_retention_cohort','row':{'cohort_interval':'2024-03-04'},'step':1} | step | has no step
            {'tool':'get_country_breakdown','row':{'name':'SV'}} | row | Did you mean {"name":"SE"}?
            {'tool':'get_country_breakdown','row':{}} | row | row is missing
            {'tool':'get_country_breakdown','row':'SE'} | row | must be an object
            {'tool':'get_country_breakdown','row':{'name':['SE']}} | row.name | must be a text
            {'tool':'get_country_breakdown','arguments':{'startDate':'2020-01-01','endDate':'2020-01-02'},'row':{'name':'SE'}} | row | none at all
            {'tool':'get_top_pages','row':{'path':'/'}} | row | Did you mean {"origin":"https://x.test","path":"/"}?
            {'tool':'get_page_conversions','arguments':{'conversionEvent':'sign_up'},'row':{'path':'/'},'figure':'visitors'} | figure | total_visitors
            {'tool':'get_user_last_seen_distribution'} | figure | either a figure
            {'tool':'get_user_last_seen_distribution','figure':'active_last_8_days'} | figure | Did you mean "active_last_7_days"?
            {'tool':'get_user_last_seen_distribution','row':{'days':91}} | row.days | from 0 to 90
            {'tool':'get_user_last_seen_distribution','row':{'days':-1}} | row.days | from 0 to 90
            """)
    void whatIsNoNumberOfTheAnswer(String arguments, String field, String text) {
        var problem = refused(Who.READ, arguments).at("/problems/0");
        assertThat(problem.get("field").stringValue()).isEqualTo(field);
        assertThat(problem.get("message").stringValue()).contains(text);
    }

    @Test
    void aHandleServesItsOwnClientOnly() {
        var handle = handle("get_funnel", FUNNEL);
        var changed = (handle.charAt(0) == 'A' ? "B" : "A") + handle.substring(1);
        var forged = refused(Who.READ, "{'step':1,'handle':'" + changed + "'}");
        assertThat(forged.at("/message").stringValue()).contains("was not given to this credential, or was changed");
        for (var who : List.of(Who.ROOT, Who.HERON_READ, Who.SECOND_ROOT, Who.BARE_READ)) {
            assertThat(refused(who, "{'step':1,'projectId':null,'handle':'" + handle + "'}"))
                    .isEqualTo(forged);
        }
    }

    @Test
    void aHandleKnowsItsProject() {
        var heron = server.ask(Who.ROOT, "get_top_pages", json("{'projectId':'heron'}"))
                .at("/meta/handle")
                .stringValue();
        var choice = "'row':{'origin':null,'path':'heron-path-1'},'handle':'" + heron + "'";
        var row = server.ask(Who.ROOT, "get_top_pages", json("{'projectId':'heron'}"))
                .at("/rows/0");
        var named = JSON.createObjectNode().put("handle", heron);
        named.putObject("row").setAll(Map.of("origin", row.get("origin"), "path", row.get("path")));
        var people = server.ask(Who.ROOT, "list_people", named.toString());
        assertThat(people.at("/meta/project").stringValue()).isEqualTo("heron");
        assertThat(people.at("/meta/total").intValue())
                .isEqualTo(row.get("visitors").intValue());
        assertThat(server.ask(
                                Who.ROOT,
                                "list_people",
                                named.put("projectId", "heron").toString())
                        .content())
                .isEqualTo(people.content());
        assertThat(refused(Who.ROOT, "{'projectId':'p1'," + choice + "}")
                        .at("/problems/0/field")
                        .stringValue())
                .isEqualTo("projectId");
        assertThat(refused(Who.ROOT, "{'projectId':'bittern'," + choice + "}")
                        .at("/code")
                        .stringValue())
                .isEqualTo("not_found");
    }

    @Test
    void argumentsNameNoOtherProject() {
        var other = "{'projectId':'p1','tool':'get_top_pages','arguments':{'projectId':'heron'},'row':{'path':'/'}}";
        assertThat(refused(Who.ROOT, other).at("/problems/0/field").stringValue())
                .isEqualTo("arguments.projectId");
        var foreign = "{'tool':'get_top_pages','arguments':{'projectId':'bittern'},'row':{'path':'/'}}";
        assertThat(refused(Who.ROOT, foreign).at("/code").stringValue()).isEqualTo("not_found");
        assertThat(refused(Who.READ, foreign).at("/code").stringValue()).isEqualTo("not_found");
    }

    @Test
    void whatIsTooOldOrOfNoToolIsRefused() {
        var old = OldHandles.write(data, Who.READ.id(), "get_top_pages", "p1", "{}", Duration.ofHours(26));
        assertThat(refused(Who.READ, "{'handle':'" + old + "'}").at("/message").stringValue())
                .contains("expired", "Call get_top_pages again");
        var gone = OldHandles.write(data, Who.READ.id(), "get_old_pages", "p1", "{}", Duration.ZERO);
        assertThat(refused(Who.READ, "{'handle':'" + gone + "'}").at("/message").stringValue())
                .contains("\"get_old_pages\"", "Did you mean get_top_pages?");
        var deleted = OldHandles.write(data, Who.ROOT.id(), "get_top_pages", "dodo", "{}", Duration.ZERO);
        assertThat(refused(Who.ROOT, "{'handle':'" + deleted + "'}").at("/code").stringValue())
                .isEqualTo("not_found");
        var otherwise = OldHandles.write(data, Who.READ.id(), "get_top_pages", "p1", "{\"sort\":1}", Duration.ZERO);
        assertThat(refused(Who.READ, "{'handle':'" + otherwise + "'}")
                        .at("/problems/0/field")
                        .stringValue())
                .isEqualTo("handle.sort");
    }

    @Test
    void todayStaysTheDayOnWhichItWasAsked(@TempDir Path own) throws IOException {
        var today = "{'steps':['screen_view','sign_up'],'startDate':'today'}";
        var cohort = "{'people':'all','interval':'day','periods':2,'startEvent':'screen_view'}";
        var handles = new ArrayList<String>();
        try (var live = FixtureServer.start(own, Map.of("now", "2024-03-06T09:05:00Z"))) {
            handles.add(live.ask(Who.READ, "get_funnel", json(today))
                    .at("/meta/handle")
                    .stringValue());
            handles.add(live.ask(Who.READ, "get_retention_cohort", json(cohort))
                    .at("/meta/handle")
                    .stringValue());
        }
        try (var later = FixtureServer.start(own)) {
            var people = later.ask(Who.READ, "list_people", json("{'step':1,'handle':'" + handles.get(0) + "'}"));
            assertThat(table(people.at("/rows"), "id", "last_seen_at")).containsExactly("u3 2024-03-06T09:00:00Z");
            assertThat(people.at("/meta/range/start").stringValue()).isEqualTo("2024-03-06T00:00:00Z");
            var cell = "{'row':{'cohort_interval':'2024-03-04'},'period':2,'handle':'" + handles.get(1) + "'}";
            assertThat(later.call(Who.READ, "list_people", json(cell)).content().toString())
                    .contains("not over yet");
        }
    }

    @Test
    void aQuestionThatIsTooLongIsAskedByItsArguments() {
        var filters = JSON.createObjectNode();
        var values = filters.putArray("path");
        var random = new Random(7);
        for (int number = 0; number < 99; number++) {
            values.add("/" + Long.toString(random.nextLong(), 36) + Long.toString(random.nextLong(), 36));
        }
        values.add("/");
        var arguments = "{'filters':" + filters + "}";
        var answer = answer("get_top_pages", arguments);
        assertThat(answer.at("/meta/handle").isMissingNode()).isTrue();
        assertThat(warnings(answer)).anySatisfy(warning -> assertThat(warning).contains("list_people", "too long"));
        var people = server.ask(
                Who.READ,
                "list_people",
                json("{'tool':'get_top_pages','arguments':" + arguments
                        + ",'row':{'origin':'https://x.test','path':'/'}}"));
        assertThat(people.at("/meta/total").intValue()).isEqualTo(2);
    }

    @Test
    void anAddressWithoutTheToolGivesNoHandleAndOneWithoutTheOtherLooksIntoNone() {
        var handle = handle("get_top_pages", "{}");
        var without = server.caller(Who.READ).at("?tools=get_top_pages").call("get_top_pages", "{}");
        assertThat(without.at("/meta/handle").isMissingNode()).isTrue();
        var only = server.caller(Who.READ)
                .at("?tools=list_people")
                .call("list_people", json("{'handle':'" + handle + "','row':{'path':'/'}}"));
        assertThat(only.isError()).isTrue();
        assertThat(only.at("/error/message").stringValue()).contains("does not offer get_top_pages");
    }
}
