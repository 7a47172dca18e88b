package org.openpanelmcp.transfer.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpanelmcp.ingest.enrich.Flattening;
import org.openpanelmcp.transfer.Delimiter;

/** The small rules by which values become ours. */
class PartsTest {
    private final ReferrerNames names = new ReferrerNames();

    @Test
    void anAddressFallsIntoItsParts() {
        assertThat(Address.of("https://a.example:8080/x/y?b=1&c=%C3%A4+z&b=2&d#top"))
                .isEqualTo(
                        new Address("https://a.example:8080", "/x/y", Map.of("b", "2", "c", "ä z", "d", ""), "#top"));
        assertThat(Address.of("https://a.example?b=%zz"))
                .isEqualTo(new Address("https://a.example", "/", Map.of("b", "%zz"), ""));
        assertThat(Address.of("/x?y=1")).isEqualTo(new Address("", "/x", Map.of("y", "1"), ""));
        assertThat(Address.of("Settings?")).isEqualTo(new Address("", "Settings?", Map.of(), ""));
        assertThat(Address.of("a.example", "", "b=1"))
                .isEqualTo(new Address("https://a.example", "/", Map.of("b", "1"), ""));
        assertThat(Address.of("", "", "")).isEqualTo(Address.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-03-31 01:30:00, 2024-03-31T00:30:00Z",
        "2024-07-01T10:00:00.25, 2024-07-01T08:00:00.250Z",
        "2024-07-01 10:00:00+00, 2024-07-01T10:00:00Z",
        "2024-07-01T10:00:00Z, 2024-07-01T10:00:00Z",
        "2024-07-01 10:00:00.123456-0330, 2024-07-01T13:30:00.123Z",
        "1719828000, 2024-07-01T10:00:00Z",
        "1719828000250, 2024-07-01T10:00:00.250Z",
    })
    void timesAreRead(String text, Instant expected) {
        assertThat(times().read(text)).hasValue(expected.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2024-02-30 10:00:00",
                "1970-01-01 00:00:00",
                "2030-01-01 00:00:00",
                "99999999999999999999",
                "2024-07-01T10:00:00ZZ",
                "2024-07-01 10:00:00+02:00+02",
                "2024-07-01T 10:00:00",
                "2024-07-0110:00:00"
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(times().read(text)).isEmpty();
    }

    private static Times times() {
        return new Times(ZoneId.of("Europe/Berlin"), Migration.NOW);
    }

    @Test
    void propertiesBecomeFlatTexts() {
        assertThat(Flattening.ofText("""
                        {"a": {"b": [1, true, null, "x "]}, "json": "{\\"c\\": 1.50}", "no": "{nothing}", "empty": "",
                         "half": "a\\ud800b", "list": []}"""))
                .isEqualTo(Map.of(
                        "a.b.0", "1", "a.b.1", "true", "a.b.3", "x", "json.c", "1.5", "no", "{nothing}", "half", "ab"));
        assertThat(Flattening.ofText("no json")).isEmpty();
    }

    @Test
    void aVisitFromTheSameHostCameFromNowhere() {
        assertThat(Referrer.of("https://a.example/x", "", "a.example", names)).isEqualTo(Referrer.NONE);
        assertThat(Referrer.of("https://www.google.com//", "", "a.example", names))
                .isEqualTo(new Referrer("https://www.google.com", "Google", "search"));
        assertThat(Referrer.of("https://b.example/", "", "a.example", names))
                .isEqualTo(new Referrer("https://b.example", "https://b.example", ""));
    }

    @Test
    void aCampaignNamesTheSource() {
        var referrer = Referrer.of("https://b.example/", "", "a.example", names);
        assertThat(referrer.named("", names)).isEqualTo(referrer);
        assertThat(referrer.named("LinkedIn", names))
                .isEqualTo(new Referrer("https://b.example", "LinkedIn", "social"));
        assertThat(referrer.named("Bing", names)).isEqualTo(new Referrer("https://b.example", "Bing", "search"));
        assertThat(referrer.named("Spring", names)).isEqualTo(new Referrer("https://b.example", "spring", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"a,b;c,d~,", "a;b;\"c,,,,\"~;", "name~,", "a|b|c~|"})
    void theHeaderTellsTheSeparator(String header, char expected) {
        assertThat(Delimiter.of(header).value()).isEqualTo(expected);
        assertThat(Delimiter.of(header).understood()).isEqualTo(expected != '|');
    }

    @Test
    void idsFromNamesAreOfVersionFive() {
        var id = NameUuid.of("a", "b");
        assertThat(id.version()).isEqualTo(5);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id).isEqualTo(NameUuid.of("a", "b")).isNotEqualTo(NameUuid.of("ab", ""));
        assertThat(NameUuid.orOf("cccccccc-0000-4000-8000-000000000001", "x"))
                .hasToString("cccccccc-0000-4000-8000-000000000001");
        assertThat(NameUuid.orOf("17", "x")).isEqualTo(NameUuid.of("x", "17"));
    }

    @ParameterizedTest
    @CsvSource({
        "imported_pages_20230209_20240123.csv, PAGES",
        "imported_visitors.csv, VISITORS",
        "shop.example imported_entry_pages_20230209_20240123 (1).csv, ENTRY_PAGES",
        "imported_operating_systems_20230209_20240123.csv.gz, OPERATING_SYSTEMS",
    })
    void filesOfPlausibleAreKnownByName(String file, PlausibleTable expected) {
        assertThat(PlausibleTable.of(file)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pages.csv", "imported_custom_props_20230209_20240123.csv", "imported_pages.txt"})
    void otherFilesAreNot(String file) {
        assertThat(PlausibleTable.of(file)).isEmpty();
    }
}
