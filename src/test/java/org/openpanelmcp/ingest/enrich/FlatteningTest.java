package org.openpanelmcp.ingest.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FlatteningTest {
    private static Map<String, String> flat(String json) {
        return Flattening.of(JsonMapper.builder().build().readTree(json));
    }

    @Test
    void nestedValuesGetDottedKeysAndEmptyOnesVanish() {
        assertThat(flat("""
                {"items":[{"name":"a"},{"name":"b"}],"n":null,"e":"","o":{},"l":[],"t":true,"s":"  x  "}""")).isEqualTo(Map.of("items.0.name", "a", "items.1.name", "b", "t", "true", "s", "x"));
    }

    @Test
    void numbersReadAsInJavaScript() {
        assertThat(flat("{\"a\":1,\"b\":1.0,\"c\":1.50,\"d\":0.1,\"e\":12345678901234567890}"))
                .isEqualTo(Map.of("a", "1", "b", "1", "c", "1.5", "d", "0.1", "e", "12345678901234567890"));
    }

    @Test
    void textsThatHoldJsonAreTakenApart() {
        assertThat(flat("{\"a\":\"{\\\"b\\\":[1,2]}\"}")).isEqualTo(Map.of("a.b.0", "1", "a.b.1", "2"));
    }

    /** The original drops them without a word. */
    @Test
    void w21_textsThatOnlyLookLikeJsonStayTexts() {
        assertThat(flat("{\"__title\":\"[Sale] Shoes\",\"b\":\"{curly}\",\"c\":\"[not json]\",\"d\":\"{\"}"))
                .isEqualTo(Map.of("__title", "[Sale] Shoes", "b", "{curly}", "c", "[not json]", "d", "{"));
    }

    @Test
    void halvesOfCharactersAreTakenOut() {
        assertThat(flat("{\"a\":\"x\\ud800y\",\"k\":\"\\ud83d\\ude00\"}")).isEqualTo(Map.of("a", "xy", "k", "😀"));
    }
}
