package org.openpanelmcp.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpanelmcp.query.Sql;

/** Texts, maps and lists mean the same on every engine. */
public abstract class TextContractTest extends OnEngine {
    @Test
    void aMissingPropertyIsEmptyAndCanBeToldFromAnEmptyOne() throws QueryFailure {
        event(Map.of("properties", Map.of("plan", "pro", "empty", "", "it's \"odd\"", "å")));
        var properties = Sql.of("properties");
        for (var expected : Map.of("plan", "pro", "empty", "", "it's \"odd\"", "å", "missing", "")
                .entrySet()) {
            var property = dialect.property(properties, Sql.value(expected.getKey()));
            assertThat(text(property)).isEqualTo(expected.getValue());
        }
        assertThat(truth(dialect.hasProperty(properties, Sql.value("empty")))).isTrue();
        assertThat(truth(dialect.hasProperty(properties, Sql.value("missing")))).isFalse();
    }

    @Test
    void aRowStandsOnceForEachKeyOfItsMap() throws QueryFailure {
        event(Map.of("properties", Map.of("plan", "pro", "it's", "")));
        event(Map.of("properties", Map.of("plan", "free")));
        event(Map.of("properties", Map.of()));
        var sql = Sql.template("select {key} as answer from {events}")
                .put("key", dialect.eachKey(Sql.of("properties")))
                .put("events", dialect.events(scope))
                .sql();
        assertThat(texts(sql)).containsExactlyInAnyOrder("plan", "it's", "plan");
    }

    @ParameterizedTest
    @CsvSource({
        "a%c, abbc, true", "a%c, ABBC, false", "50\\%, 50%, true", "50\\%, 500, false", "a\\_b, a_b, true",
        "a\\_b, axb, false", "a_b, axb, true", "a\\\\b, a\\b, true", "%, '', true", "'%b', 'a\nb', true",
        "_, 😀, true", "å, Å, false"
    })
    void likeMindsCaseAndEscapes(String pattern, String text, boolean matches) throws QueryFailure {
        assertThat(truthOf(text, path -> dialect.like(path, Sql.value(pattern))))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"a%c, ABBC, true", "å%, Åland, true", "50\\%, 500, false", "b, abc, false"})
    void likeIgnoringCaseMindsEscapes(String pattern, String text, boolean matches) throws QueryFailure {
        assertThat(truthOf(text, path -> dialect.likeIgnoringCase(path, Sql.value(pattern))))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"user, user, 0", "user, usr, 1", "user, xser, 1", "user, '', 4", "ab, ba, 2", "kitten, sitting, 3"})
    void editsAreCounted(String left, String right, long changes) throws QueryFailure {
        event(Map.of("path", left));
        assertThat(whole(dialect.editDistance(Sql.of("path"), Sql.value(right))))
                .isEqualTo(changes);
    }

    @ParameterizedTest
    @CsvSource({
        "a.b, xaxbx, true",
        "a.b, 'a\nb', false",
        "^a$, a, true",
        "^a$, ba, false",
        "A, a, false",
        "\\d+, x42, true"
    })
    void aRegularExpressionMatchesSomewhereWithinLines(String expression, String text, boolean matches)
            throws QueryFailure {
        assertThat(truthOf(text, path -> dialect.matches(path, Sql.value(expression))))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "abc, 3", "åäö, 3", "😀, 1"})
    void lengthCountsCharacters(String text, int length) throws QueryFailure {
        event(Map.of("path", text));
        assertThat(whole(dialect.length(Sql.of("path")))).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({"12, 12", "' 12 ', 12", "-1.5, -1.5", "1e3, 1000", "0, 0", "007, 7", ".5, 0.5"})
    void textIsReadAsANumber(String text, double number) throws QueryFailure {
        event(Map.of("path", text));
        assertThat(fraction(dialect.number(Sql.of("path")))).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "abc", "12abc", "1,5", "inf", "-Infinity", "nan", "1e999", "1 2", "--1", "true"})
    void whatIsNoFiniteNumberIsNull(String text) throws QueryFailure {
        event(Map.of("path", text));
        assertThat(fraction(dialect.number(Sql.of("path")))).isEmpty();
    }

    @Test
    void aListIsSearchedForAWholeElement() throws QueryFailure {
        event(Map.of("groups", List.of("acme", "it's")));
        assertThat(truth(dialect.contains(Sql.of("groups"), Sql.value("it's")))).isTrue();
        assertThat(truth(dialect.contains(Sql.of("groups"), Sql.value("acm")))).isFalse();
        List<String> texts = one(Sql.of("groups"), row -> row.texts("answer"));
        assertThat(texts).containsExactly("acme", "it's");
        assertThat(whole(dialect.size(Sql.of("groups")))).isEqualTo(2);
    }

    @Test
    void aRowStandsOnceForEachElementOfItsList() throws QueryFailure {
        event(Map.of("groups", List.of("acme", "it's")));
        event(Map.of("groups", List.of()));
        event(Map.of("groups", List.of("acme")));
        var sql = Sql.template("select {element} as answer from {events}")
                .put("element", dialect.eachElement(Sql.of("groups")))
                .put("events", dialect.events(scope))
                .sql();
        assertThat(texts(sql)).containsExactlyInAnyOrder("acme", "it's", "acme");
    }

    @Test
    void boundValuesComeBackAsTheyWere() throws QueryFailure {
        event(Map.of());
        assertThat(text(Sql.value("it's \"q\" \\ % 😀 {x} ?"))).isEqualTo("it's \"q\" \\ % 😀 {x} ?");
        assertThat(whole(Sql.value(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(fraction(Sql.value(0.1))).hasValue(0.1);
        assertThat(truth(Sql.value(true))).isTrue();
        assertThat(instant(Sql.value(NOON))).hasValue(NOON);
    }

    @Test
    void textsAreOrderedByTheirBytesAndNullsComeLast() throws QueryFailure {
        for (var path : List.of("b", "å", "B", "a", "", "😀", "～")) {
            event(Map.of("path", path));
        }
        var ordered = Sql.template("select nullif(path, '') as answer from {events} order by answer")
                .put("events", dialect.events(scope))
                .sql();
        assertThat(texts(ordered)).containsExactly("B", "a", "b", "å", "～", "😀", "null");
        var reversed = Sql.template("select nullif(path, '') as answer from {events} order by answer desc")
                .put("events", dialect.events(scope))
                .sql();
        assertThat(texts(reversed)).containsExactly("😀", "～", "å", "b", "a", "B", "null");
    }
}
