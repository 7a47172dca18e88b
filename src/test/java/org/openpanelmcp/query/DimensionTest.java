package org.openpanelmcp.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DimensionTest {
    @ParameterizedTest
    @EnumSource(Field.class)
    void everyColumnIsNamedByItsLabel(Field field) throws BadValue {
        assertThat(Dimension.named("filters", field.label())).isEqualTo(new Dimension.Column(field));
        assertThat(field.onEvents().isPresent() || field.onSessions().isPresent())
                .isTrue();
    }

    @Test
    void aPropertyIsNamedByItsKey() throws BadValue {
        var property = Dimension.named("filters", "properties.plan.name");
        assertThat(property).isEqualTo(new Dimension.Property("plan.name"));
        assertThat(property.label()).isEqualTo("properties.plan.name");
    }

    @ParameterizedTest
    @CsvSource({"profile.email", "profile.properties.plan", "group.id", "group.name", "group.properties.a.b"})
    void traitsOfPeopleAndGroupsHaveTheirPrefix(String label) throws BadValue {
        assertThat(Dimension.named("filters", label).label()).isEqualTo(label);
    }

    @ParameterizedTest
    @CsvSource({
        "profile.mail, profile.email",
        "group.nam, group.name",
        "contry, country",
        "Country, country",
        "referer_name, referrer_name",
        "utm_sorce, utm_source",
        "plan, properties.plan"
    })
    void theNearestNameIsOffered(String written, String meant) {
        var refused = catchThrowableOfType(BadValue.class, () -> Dimension.named("filters." + written, written));
        assertThat(refused.field()).isEqualTo("filters." + written);
        assertThat(refused.text()).contains("Did you mean", "\"" + meant + "\"", "Allowed are name, path");
    }

    @Test
    void aPropertyNeedsAKey() {
        var refused = catchThrowableOfType(BadValue.class, () -> Dimension.named("filters.properties.", "properties."));
        assertThat(refused.text()).contains("properties.<key>");
    }
}
