package org.openpanelmcp.ingest.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openpanelmcp.ingest.Entry;

class EventRuleTest {
    private static final Entry.Event EVENT = new Entry.Event(
            "p",
            1,
            new UUID(0, 1),
            "sign_up",
            1,
            List.of("device"),
            "ada",
            List.of(),
            new Entry.Page("/docs/intro", "https://a.example"),
            new Entry.Referrer("https://www.google.com", "Google", "search"),
            new Entry.Place("SE", "", "Stockholm", null, null),
            new Entry.Agent("iOS", "16.5", "Mobile Safari", "16.5", "mobile", "Apple", "iPhone"),
            new Entry.Sdk("web", "1"),
            false,
            0,
            Map.of("price", "12.5", "flag", "true", "deep.key", "x", "__query.utm_source", "news"));

    private static boolean excluded(String name, String property, String operator, String values) {
        return ProjectFilters.of("""
                [{"type":"event","name":"%s","filters":[{"name":"%s","operator":"%s","value":%s}]}]""".formatted(name, property, operator, values))
                .excludes(EVENT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sign_up | path | is | ["/docs/intro"] | true
            * | path | startsWith | ["/docs"] | true
            other | path | startsWith | ["/docs"] | false
            * | country | is | ["NO","SE"] | true
            * | country | isNot | ["NO","SE"] | false
            * | path | contains | ["intro"] | true
            * | path | doesNotContain | ["intro","outro"] | false
            * | path | doesNotContain | ["outro"] | true
            * | path | endsWith | ["ro"] | true
            * | path | regex | ["/^.docs/"] | true
            * | path | regex | ["("] | false
            * | city | isNull | [] | false
            * | region | isNull | [] | true
            * | city | isNotNull | [] | true
            * | country | is | [] | true
            * | properties.price | gt | ["12"] | true
            * | properties.price | lt | [12.5] | false
            * | properties.price | lte | [12.5] | true
            * | properties.price | gt | ["many"] | false
            * | properties.deep.key | is | ["x"] | true
            * | utm_source | is | ["news"] | true
            * | has_profile | is | ["true"] | true
            * | country | sameContinentAs | ["SE"] | false
            """)
    void conditions(String name, String property, String operator, String values, boolean excluded) {
        assertThat(excluded(name, property, operator, values)).isEqualTo(excluded);
    }

    /** In the original a number or a boolean makes matching throw, and every such event is lost. */
    @Test
    void w17_noValueMakesARuleFail() {
        for (var operator : List.of("is", "isNot", "contains", "startsWith", "regex", "gt", "nonsense")) {
            for (var values : List.of("[true]", "[12]", "[null]", "[{}]", "[[]]", "true", "{}", "null")) {
                assertThat(excluded("*", "properties.flag", operator, values)).isIn(true, false);
            }
        }
        assertThat(excluded("*", "properties.flag", "is", "[true]")).isTrue();
    }

    @Test
    void w17_namesAreUnderstoodInBothWaysOfWriting() {
        assertThat(excluded("*", "referrer_name", "is", "[\"Google\"]")).isTrue();
        assertThat(excluded("*", "referrerName", "is", "[\"Google\"]")).isTrue();
    }

    @Test
    void filtersThatAreNoneKeepNothingOut() {
        for (var json :
                List.of("[]", "no json", "{}", "[1,null,\"x\"]", "[{\"type\":\"moon\"}]", "[{\"type\":\"ip\"}]")) {
            var filters = ProjectFilters.of(json);
            assertThat(filters.excludes(EVENT)).as(json).isFalse();
            assertThat(filters.addresses()).isEmpty();
            assertThat(filters.profiles()).isEmpty();
        }
    }
}
