package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.FixtureServer.table;
import static org.openpanelmcp.FixtureServer.warnings;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Funnels on the reference fixture. */
class FixtureFunnelTest {
    private static final String BUYING = "\"steps\":[\"screen_view\",\"sign_up\",\"revenue\"]";

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

    private static McpCaller.Answer funnel(String arguments) {
        return server.ask("get_funnel", "{" + arguments + "}");
    }

    @Test
    void asTheReferenceCountsWhenEachStepMustBeLater() {
        var answer = funnel(BUYING + ",\"order\":\"strict_increase\"");
        assertThat(table(
                        answer.at("/steps"),
                        "step",
                        "eventName",
                        "users",
                        "conversionRateFromStart",
                        "dropoffPercent",
                        "isHighestDropoff"))
                .containsExactly(
                        "1 screen_view 4 100.0 75.0 true", "2 sign_up 1 25.0 0.0 false", "3 revenue 1 25.0 null false");
        assertThat(answer.at("/totalUsers").intValue()).isEqualTo(4);
        assertThat(answer.at("/completedUsers").intValue()).isEqualTo(1);
        assertThat(answer.at("/overallConversionRate").doubleValue()).isEqualTo(25);
        var people = funnel(
                "\"steps\":[\"screen_view\",\"sign_up\"],\"order\":\"strict_increase\",\"groupBy\":\"profile_id\"");
        assertThat(table(people.at("/steps"), "users", "conversionRateFromStart", "dropoffPercent"))
                .containsExactly("3 100.0 66.67", "1 33.33 null");
    }

    @Test
    void eventsOfOneMillisecondConnectInTheOrderOfTheSteps() {
        // Q35: u3's view and sign-up carry the same time.
        var answer = funnel(BUYING);
        assertThat(table(answer.at("/steps"), "users", "conversionRateFromPrevious", "dropoff"))
                .containsExactly("4 null 2", "2 50.0 1", "1 50.0 null");
        assertThat(table(answer.at("/steps"), "timeFromStart", "timeFromPrevious"))
                .hasSize(3);
        assertThat(answer.at("/steps/1/timeFromStart").toString()).isEqualTo("{\"median\":40.0,\"p90\":72.0}");
        assertThat(answer.at("/steps/2/timeFromStart").toString()).isEqualTo("{\"median\":140.0,\"p90\":140.0}");
        assertThat(answer.at("/steps/2/timeFromPrevious").toString()).isEqualTo("{\"median\":60.0,\"p90\":60.0}");
        assertThat(answer.at("/order").stringValue()).isEqualTo("ordered");
        assertThat(answer.at("/meta/definition").stringValue())
                .startsWith("Sessions")
                .contains("order ordered");
    }

    @Test
    void whoHasNoIdIsNobody() {
        // Q35: the sign-up of u4 has no session.
        assertThat(table(funnel("\"steps\":[\"sign_up\",\"revenue\"]").at("/steps"), "users"))
                .containsExactly("2", "1");
        assertThat(table(
                        funnel("\"steps\":[\"sign_up\",\"revenue\"],\"groupBy\":\"profile_id\"")
                                .at("/steps"),
                        "users"))
                .containsExactly("3", "1");
    }

    @Test
    void aStepThatIsRepeatedNeedsAnotherEvent() {
        assertThat(table(
                        funnel("\"steps\":[\"screen_view\",\"screen_view\",\"screen_view\"]")
                                .at("/steps"),
                        "users"))
                .containsExactly("4", "3", "1");
        assertThat(table(funnel("\"steps\":[\"sign_up\",\"sign_up\"]").at("/steps"), "users"))
                .containsExactly("2", "0");
    }

    @Test
    void tenStepsAreTheMost() {
        var steps = "\"steps\":[\"session_start\",\"screen_view\",\"screen_view\",\"sign_up\",\"screen_view\","
                + "\"revenue\",\"session_end\",\"a\",\"b\",\"c\"]";
        assertThat(table(funnel(steps).at("/steps"), "users"))
                .containsExactly("4", "4", "3", "1", "1", "1", "1", "0", "0", "0");
    }

    @Test
    void stepsHaveConditionsAndLabels() {
        var answer = funnel("\"steps\":[{\"name\":\"screen_view\",\"filters\":{\"path\":\"/\"}},"
                + "{\"name\":\"screen_view\",\"filters\":{\"path\":\"/pricing\"},\"label\":\"Saw prices\"}]");
        assertThat(table(answer.at("/steps"), "users", "label")).containsExactly("3 null", "3 Saw prices");
        var swedes = funnel(BUYING + ",\"filters\":{\"country\":\"SE\",\"entry_path\":\"/\"}");
        assertThat(table(swedes.at("/steps"), "users")).containsExactly("2", "1", "1");
    }

    @Test
    void anExcludedEventEndsTheWay() {
        var steps = "\"steps\":[\"session_start\",\"sign_up\"]";
        assertThat(table(funnel(steps).at("/steps"), "users")).containsExactly("4", "2");
        // The view of u3 happened in the millisecond of the sign-up, not before it.
        assertThat(table(funnel(steps + ",\"exclude\":[\"screen_view\"]").at("/steps"), "users"))
                .containsExactly("4", "1");
    }

    @Test
    void partsAndCourse() {
        var answer = funnel("\"steps\":[\"screen_view\",\"sign_up\"],\"breakdown\":\"country\",\"limit\":2,"
                + "\"interval\":\"day\"");
        assertThat(table(answer.at("/breakdown"), "value", "other", "totalUsers", "completedUsers"))
                .containsExactly("SE false 2 1", "null false 1 1", "null true 1 0");
        assertThat(answer.at("/breakdownValues").intValue()).isEqualTo(3);
        assertThat(table(answer.at("/series"), "date", "entered", "completed", "conversionRate"))
                .containsExactly(
                        "2024-03-04T00:00:00Z 1 1 100.0",
                        "2024-03-05T00:00:00Z 1 0 0.0",
                        "2024-03-06T00:00:00Z 1 1 100.0",
                        "2024-03-07T00:00:00Z 0 0 0.0",
                        "2024-03-08T00:00:00Z 1 0 0.0");
        var people = funnel("\"steps\":[\"screen_view\",\"sign_up\"],\"breakdown\":\"profile.first_name\"");
        assertThat(table(people.at("/breakdown"), "value", "totalUsers", "completedUsers"))
                .containsExactly("null 2 1", "Ada 2 1");
        var entries = funnel("\"steps\":[\"screen_view\",\"sign_up\"],\"breakdown\":\"entry_path\"");
        assertThat(table(entries.at("/breakdown"), "value", "totalUsers", "completedUsers"))
                .containsExactly("/ 3 2", "/blog 1 0");
        var unknown = funnel("\"steps\":[\"screen_view\",\"sign_up\"],\"breakdown\":\"properties.nothing\"");
        assertThat(table(unknown.at("/breakdown"), "value", "totalUsers")).containsExactly("null 4");
        assertThat(warnings(unknown)).anyMatch(text -> text.contains("Nobody entered with a value"));
        var plans = funnel("\"steps\":[\"sign_up\",\"revenue\"],\"breakdown\":\"properties.plan\"");
        assertThat(table(plans.at("/breakdown"), "value", "totalUsers", "completedUsers"))
                .containsExactly("free 1 0", "pro 1 1");
    }

    @Test
    void comparedWithThePeriodBefore() {
        var answer = funnel(
                BUYING + ",\"startDate\":\"2024-03-06\",\"endDate\":\"2024-03-07\",\"compare\":\"previous_period\"");
        assertThat(table(answer.at("/steps"), "users")).containsExactly("1", "1", "0");
        assertThat(answer.at("/previous").toString())
                .isEqualTo("{\"totalUsers\":2,\"completedUsers\":1,\"overallConversionRate\":50.0}");
        assertThat(answer.at("/change/totalUsers").doubleValue()).isEqualTo(-0.5);
        assertThat(answer.at("/steps/1/previous").toString())
                .isEqualTo("{\"users\":1,\"conversionRateFromStart\":50.0}");
        assertThat(answer.at("/steps/1/change/conversionRateFromStart").doubleValue())
                .isEqualTo(1);
    }

    @Test
    void unknownEventsAreZeroWithTheNearestName() {
        var answer = funnel("\"steps\":[\"signup\",\"revenue\"],\"exclude\":[\"screen_veiw\"]");
        assertThat(table(answer.at("/steps"), "users", "conversionRateFromStart", "dropoffPercent"))
                .containsExactly("0 0.0 0.0", "0 0.0 null");
        assertThat(warnings(answer))
                .anyMatch(text -> text.contains("Did you mean \"sign_up\"?"))
                .anyMatch(text -> text.contains("Did you mean \"screen_view\"?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's \\\"odd\\\" {place} ? $1",
                "2024-03-04 10:00:00",
                "a->b\\\\",
                "'; drop table events; --",
                "😀\u202Eabc"
            })
    void namesAreOnlyNames(String name) {
        // Q38: dates within names break nothing.
        var answer = funnel("\"steps\":[\"screen_view\",\"" + name + "\",{\"name\":\"" + name + "\",\"label\":\"" + name
                + "\"}],\"exclude\":[\"x" + name + "\"],\"breakdown\":\"properties." + name + "\"");
        assertThat(table(answer.at("/steps"), "users")).containsExactly("4", "0", "0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
                    "windowHours":24 ; steps ; is missing
                    "steps":["a"] ; steps ; from 2 to 10
                    "steps":["a",2] ; steps[1] ; a text or an object with name, filters, label, not 2
                    "steps":["a",{"event":"b"}] ; steps[1].event ; Allowed are name, filters, label
                    "steps":["a",{"filters":{}}] ; steps[1].name ; is missing
                    "steps":["a",{"name":5}] ; steps[1].name ; must be a text
                    "steps":"a" ; steps ; must be a list
                    "steps":["a",""] ; steps[1] ; list_event_names
                    "steps":["a","b"],"windowHours":721 ; windowHours ; from 1 to 720
                    "steps":["a",{"name":"b","filters":{"pahts":"/"}}] ; steps[1].filters.pahts ; "path"
                    "steps":["a",{"name":"b","filters":"/"}] ; steps[1].filters ; must be an object
                    "steps":["a",{"name":"b","label":[]}] ; steps[1].label ; must be a text
                    "steps":["a","b"],"stepFilters":{"1":{"path":"/"}} ; stepFilters ; no argument "stepFilters"
                    "steps":["a","b"],"exclude":["c","b"] ; exclude[1] ; is a step
                    "steps":["a","b"],"breakdown":"profile.plan" ; breakdown ; profile.properties.<key>
                    "steps":["a","b"],"breakdown":"contry" ; breakdown ; "country"
                    "steps":["a","b"],"order":"strict" ; order ; strict_increase
                    """)
    void whatIsWrongIsNamed(String arguments, String field, String message) {
        var answer = server.call(Who.READ, "get_funnel", "{" + arguments + "}");
        assertThat(answer.at("/error/problems/0/field").stringValue()).isEqualTo(field);
        assertThat(answer.at("/error/problems/0/message").stringValue()).contains(message);
    }
}
