package org.openpanelmcp.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openpanelmcp.query.Filter.Match;
import org.openpanelmcp.store.duckdb.DuckDbDialect;

class FilterTest {
    private static final Dimension COUNTRY = new Dimension.Column(Field.COUNTRY);
    private static final ProjectScope SCOPE = new ProjectScope("acme", "shop", ZoneOffset.UTC);
    private static final Dialect DIALECT = new DuckDbDialect();

    @Test
    void plainValuesAreAlternativesAndNegatedOnesAreExcluded() {
        assertThat(filter("SE", "!NO", "US"))
                .isEqualTo(new Filter(COUNTRY, List.of(exactly("SE"), exactly("US")), List.of(exactly("NO"))));
    }

    @Test
    void nullIsNotSet() {
        assertThat(filter((String) null).wanted()).containsExactly(exactly(""));
        assertThat(filter("!").unwanted()).containsExactly(exactly(""));
    }

    @Test
    void aStarStandsForAnyText() {
        assertThat(filter("/blog/*").wanted()).containsExactly(pattern("/blog/", ""));
        assertThat(filter("*").wanted()).containsExactly(pattern("", ""));
        assertThat(filter("!a*b*c").unwanted()).containsExactly(pattern("a", "b", "c"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\\!free', '!free'",
        "'a!b', 'a!b'",
        "'\\*', '*'",
        "'a\\*b', 'a*b'",
        "'\\\\', '\\'",
        "'a\\b', 'a\\b'",
        "'a\\', 'a\\'",
        "'\\\\\\*', '\\*'",
        "'%', '%'",
        "'_', '_'"
    })
    void aBackslashMakesMarksPlain(String written, String meant) {
        assertThat(filter(written).wanted()).containsExactly(exactly(meant));
    }

    @Test
    void anEscapedBackslashLeavesTheStarItsMeaning() {
        assertThat(filter("a\\\\*").wanted()).containsExactly(pattern("a\\", ""));
    }

    @Test
    void anExactFilterKnowsNoMarks() {
        assertThat(Filter.exactly(COUNTRY, "!a*").wanted()).containsExactly(exactly("!a*"));
    }

    @ParameterizedTest
    @CsvSource({"'50%', '50\\%'", "'a_b', 'a\\_b'", "'a\\b', 'a\\\\b'", "'it''s', 'it''s'"})
    void theWildcardsOfLikeAreEscaped(String text, String escaped) {
        assertThat(Filter.escapedForLike(text)).isEqualTo(escaped);
    }

    @Test
    void valuesAreBoundAndNeverPartOfTheText() {
        var hostile = "'; drop table events; --";
        var sql = filter(hostile, "!" + hostile + "*")
                .on(Sql.of("country"), DIALECT)
                .render((place, value) -> "?");
        assertThat(sql.text()).doesNotContain("drop");
        assertThat(sql.values()).containsExactly(hostile, hostile + "%");
    }

    @Test
    void aFilterOnEventsAsksTheEventsOfASession() {
        var path = new Filter(new Dimension.Column(Field.PATH), List.of(exactly("/a")), List.of());
        var range = new TimeRange(Instant.EPOCH, Instant.EPOCH, ZoneOffset.UTC);
        assertThat(new Filters(List.of(path)).onSessions(SCOPE, range, DIALECT).toString())
                .contains("select session_id from");
        assertThat(new Filters(List.of(filter("SE")))
                        .onSessions(SCOPE, range, DIALECT)
                        .toString())
                .doesNotContain("select session_id from");
    }

    @Test
    void aColumnOfSessionsIsLookedUpInTheEventsSession() {
        var entry = new Filter(new Dimension.Column(Field.ENTRY_PATH), List.of(exactly("/a")), List.of());
        assertThat(new Filters(List.of(entry)).onEvents(SCOPE, DIALECT).toString())
                .contains("session_id in (select id");
    }

    @Test
    void noFilterIsTrue() {
        assertThat(Filters.none().isEmpty()).isTrue();
        assertThat(Filters.none().onEvents(SCOPE, DIALECT).toString()).isEqualTo("true");
    }

    private static Filter filter(@Nullable String... values) {
        return Filter.of(COUNTRY, Arrays.asList(values));
    }

    private static Match exactly(String text) {
        return new Match.Exactly(text);
    }

    private static Match pattern(String... pieces) {
        return new Match.Pattern(List.of(pieces));
    }
}
