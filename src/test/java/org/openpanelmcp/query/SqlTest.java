package org.openpanelmcp.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTest {
    private static final ProjectScope SHOP = new ProjectScope("acme", "shop", ZoneOffset.UTC);

    @Test
    void aNumberedNameIsTextAndHasNoNegativeNumber() {
        assertThat(Sql.numbered("step_", 12).render((place, value) -> "?"))
                .isEqualTo(new Sql.Rendered("step_12", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Sql.numbered("step_", -1));
    }

    @Test
    void valuesComeInTheOrderOfTheirPlaces() {
        var inner = Sql.template("a = {a}").bind("a", 1).sql();
        var sql = Sql.template("select {x} where {inner} and b = {x}")
                .bind("x", "text")
                .put("inner", inner)
                .sql();
        var rendered = sql.render((place, value) -> "$" + place);
        assertThat(rendered.text()).isEqualTo("select $1 where a = $2 and b = $3");
        assertThat(rendered.values()).containsExactly("text", 1L, "text");
    }

    @Test
    void bracesInValuesAreNoPlaces() {
        assertThat(Sql.template("x = {x}").bind("x", "{y}").sql().toString()).isEqualTo("x = ?");
    }

    @Test
    void anUnfilledPlaceIsAMistake() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Sql.template("select {x}").sql())
                .withMessageContaining("{x} is not filled");
    }

    @Test
    void aPlaceThatDoesNotOccurIsAMistake() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Sql.template("select 1").bind("x", 1).sql())
                .withMessageContaining("no place for [x]");
    }

    @Test
    void bindsTheTypesThatEveryEngineKnows() {
        assertThat(values("text", 7, 7L, 0.5, true, Instant.EPOCH))
                .containsExactly("text", 7L, 7L, 0.5, true, Instant.EPOCH);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sql.value(BigDecimal.ONE))
                .withMessageContaining("BigDecimal");
    }

    @Test
    void emptyListsOfConditionsAreTrueAndFalse() {
        assertThat(Sql.and(List.of()).toString()).isEqualTo("true");
        assertThat(Sql.or(List.of()).toString()).isEqualTo("false");
        assertThat(Sql.and(List.of(Sql.of("a or b"), Sql.of("c"))).toString()).isEqualTo("(a or b) and (c)");
        assertThat(Sql.or(List.of(Sql.of("a"), Sql.of("b"))).toString()).isEqualTo("(a or b)");
    }

    @Test
    void aQueryWithoutATableOfTheProjectIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ScopedQuery(SHOP, Sql.of("select * from events")));
    }

    @Test
    void aQueryOfAnotherProjectsTableIsRefused() {
        var blog = new ProjectScope("acme", "blog", ZoneOffset.UTC);
        var both = Sql.template("{own} {foreign}")
                .put("own", Sql.source(SHOP, Sql.of("events")))
                .put("foreign", Sql.source(blog, Sql.of("events")))
                .sql();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScopedQuery(SHOP, both))
                .withMessageContaining("another project");
        var otherZone = new ProjectScope("acme", "shop", ZoneId.of("Asia/Kathmandu"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScopedQuery(otherZone, Sql.source(SHOP, Sql.of("events"))));
    }

    @Test
    void aTableInsideATableIsChecked() {
        var blog = new ProjectScope("acme", "blog", ZoneOffset.UTC);
        var nested = Sql.source(SHOP, Sql.source(blog, Sql.of("events")));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScopedQuery(SHOP, nested));
    }

    private static List<Object> values(Object... values) {
        return List.of(values).stream()
                .map(value ->
                        Sql.value(value).render((place, bound) -> "?").values().getFirst())
                .toList();
    }
}
