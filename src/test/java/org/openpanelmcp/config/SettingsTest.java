package org.openpanelmcp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void theNamesAndDefaultsAreAPromise() {
        assertThat(ServeSettings.ALL)
                .extracting(setting -> "%s %s %s"
                        .formatted(setting.flag(), setting.environmentName(), setting.defaultText())
                        .strip())
                .containsExactly(
                        "--data OPENPANEL_DATA ./data",
                        "--config OPENPANEL_CONFIG",
                        "--host OPENPANEL_HOST 127.0.0.1",
                        "--port OPENPANEL_PORT 3333",
                        "--public-url OPENPANEL_PUBLIC_URL",
                        "--trusted-proxies OPENPANEL_TRUSTED_PROXIES",
                        "--allowed-origins OPENPANEL_ALLOWED_ORIGINS",
                        "--allowed-hosts OPENPANEL_ALLOWED_HOSTS",
                        "--max-request-bytes OPENPANEL_MAX_REQUEST_BYTES 1MB",
                        "--mcp-rate-limit OPENPANEL_MCP_RATE_LIMIT 60",
                        "--url-tokens OPENPANEL_URL_TOKENS true",
                        "--dashboard-url OPENPANEL_DASHBOARD_URL",
                        "--query-timeout OPENPANEL_QUERY_TIMEOUT 30s",
                        "--query-concurrency OPENPANEL_QUERY_CONCURRENCY 4",
                        "--now OPENPANEL_NOW",
                        "--duckdb-memory-limit OPENPANEL_DUCKDB_MEMORY_LIMIT 384MB",
                        "--duckdb-max-temp-size OPENPANEL_DUCKDB_MAX_TEMP_SIZE 4GB",
                        "--duckdb-threads OPENPANEL_DUCKDB_THREADS auto",
                        "--geo-database OPENPANEL_GEO_DATABASE",
                        "--geo-headers OPENPANEL_GEO_HEADERS",
                        "--max-event-age OPENPANEL_MAX_EVENT_AGE 90d",
                        "--ingest-rate-limit OPENPANEL_INGEST_RATE_LIMIT 0",
                        "--ingest-daily-quota OPENPANEL_INGEST_DAILY_QUOTA 0");
    }

    @Test
    void withoutSourcesTheDefaultsCount() {
        var settings = Settings.read(Map.of("data", folder.toString()), Map.of());

        assertThat(settings)
                .isEqualTo(new Settings(
                        folder,
                        new Settings.Http(
                                "127.0.0.1", 3333, Optional.empty(), List.of(), List.of(), List.of(), 1 << 20),
                        new Settings.Mcp(60, true, Optional.empty()),
                        new Settings.Query(Duration.ofSeconds(30), 4, Optional.empty()),
                        new Settings.DuckDb(
                                384L << 20,
                                4L << 30,
                                Math.min(64, Runtime.getRuntime().availableProcessors())),
                        new Settings.Tracking(Optional.empty(), Map.of(), Duration.ofDays(90), 0, 0)));
    }

    @Test
    void everySettingIsRead() {
        var settings = Settings.read(
                Map.ofEntries(
                        Map.entry("data", folder.toString()),
                        Map.entry("host", "::1"),
                        Map.entry("port", "0"),
                        Map.entry("public-url", "https://stats.example.org/"),
                        Map.entry("trusted-proxies", "10.0.0.0/8, ::1"),
                        Map.entry("allowed-origins", "https://App.example.org, http://localhost:5173/"),
                        Map.entry("allowed-hosts", "Stats.example.org,stats:8080"),
                        Map.entry("max-request-bytes", "2kb"),
                        Map.entry("mcp-rate-limit", "0"),
                        Map.entry("url-tokens", "FALSE"),
                        Map.entry("query-timeout", "2m"),
                        Map.entry("query-concurrency", "1"),
                        Map.entry("now", "2026-11-20T12:00:00Z"),
                        Map.entry("duckdb-memory-limit", "2 GB"),
                        Map.entry("duckdb-max-temp-size", "0B"),
                        Map.entry("duckdb-threads", "3"),
                        Map.entry("geo-database", "/srv/city.mmdb"),
                        Map.entry("geo-headers", "country=CF-IPCountry, city=CF-IPCity"),
                        Map.entry("max-event-age", "30d"),
                        Map.entry("ingest-rate-limit", "50"),
                        Map.entry("ingest-daily-quota", "1000")),
                Map.of());

        assertThat(settings)
                .isEqualTo(new Settings(
                        folder,
                        new Settings.Http(
                                "::1",
                                0,
                                Optional.of(URI.create("https://stats.example.org")),
                                List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1/128")),
                                List.of("https://app.example.org", "http://localhost:5173"),
                                List.of("stats.example.org", "stats:8080"),
                                2048),
                        new Settings.Mcp(0, false, Optional.empty()),
                        new Settings.Query(
                                Duration.ofMinutes(2), 1, Optional.of(Instant.parse("2026-11-20T12:00:00Z"))),
                        new Settings.DuckDb(2L << 30, 0, 3),
                        new Settings.Tracking(
                                Optional.of(Path.of("/srv/city.mmdb")),
                                Map.of("country", "CF-IPCountry", "city", "CF-IPCity"),
                                Duration.ofDays(30),
                                50,
                                1000)));
    }

    @Test
    void flagsWinOverEnvironmentOverFileOverDefault() throws IOException {
        write("port = 1003\nmcp-rate-limit = 3\nquery-concurrency = 3\n");
        var environment = Map.of("OPENPANEL_PORT", "1002", "OPENPANEL_MCP_RATE_LIMIT", "2", "OPENPANEL_HOST", "");

        var settings = Settings.read(flags("port", "1001"), environment);

        assertThat(settings.http().port()).isEqualTo(1001);
        assertThat(settings.mcp().rateLimit()).isEqualTo(2);
        assertThat(settings.query().concurrency()).isEqualTo(3);
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
    }

    @Test
    void aNamedFileMaySayWhereTheDataAre() throws IOException {
        var file = Files.writeString(folder.resolve("my.properties"), "data = /somewhere\nport = 99\n");

        var settings = Settings.read(Map.of(), Map.of("OPENPANEL_CONFIG", file.toString()));

        assertThat(settings.data()).isEqualTo(Path.of("/somewhere"));
        assertThat(settings.http().port()).isEqualTo(99);
    }

    @Test
    void aNamedFileMustExist() {
        assertThat(problems(Map.of("config", folder.resolve("none.properties").toString())))
                .singleElement()
                .asString()
                .contains("none.properties", "cannot be read");
    }

    @Test
    void everythingWrongIsToldAtOnceWithItsSource() throws IOException {
        write("url-tokens = maybe\nprot = 80\nrate = 1\ndata = elsewhere\n");
        var environment = Map.of("OPENPANEL_QUERY_TIMEOUT", "forever");

        var exception =
                catchThrowableOfType(SettingsProblem.class, () -> Settings.read(flags("port", "99999"), environment));

        var file = folder.resolve("openpanel.properties");
        assertThat(exception.problems())
                .contains(
                        "--port: '99999' is not allowed; use a whole number from 0 to 65535.",
                        "OPENPANEL_QUERY_TIMEOUT: 'forever' is not allowed; use a time from 1s to 1h, such as 30s or 2m.",
                        file + ", url-tokens: 'maybe' is not allowed; use true or false.",
                        file + ": there is no setting 'prot'; did you mean 'port'?")
                .anySatisfy(problem -> assertThat(problem).contains("no setting 'rate'"))
                .anySatisfy(problem -> assertThat(problem).contains("no setting 'data'"))
                .hasSize(6);
    }

    @Test
    void aFileThatIsNoPropertiesFileIsRefused() throws IOException {
        write("port = \\u00zz\n");

        assertThat(problems(flags())).singleElement().asString().contains("is no properties file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host|a b",
                "host|http://localhost",
                "port|-1",
                "port|80a",
                "public-url|stats.example.org",
                "public-url|ftp://stats.example.org",
                "public-url|https://stats.example.org?x=1",
                "public-url|https://user@stats.example.org",
                "trusted-proxies|10.0.0.0/33",
                "trusted-proxies|proxy.example.org",
                "allowed-origins|*",
                "allowed-origins|https://app.example.org/path",
                "allowed-hosts|https://stats.example.org",
                "max-request-bytes|1",
                "max-request-bytes|1TB",
                "mcp-rate-limit|-5",
                "url-tokens|yes",
                "query-timeout|30",
                "query-timeout|2h",
                "query-concurrency|0",
                "now|yesterday",
                "duckdb-memory-limit|1MB",
                "duckdb-threads|0"
            })
    void whatIsNotAllowedIsRefused(String name, String value) {
        assertThat(problems(flags(name, value)))
                .singleElement()
                .asString()
                .startsWith("--" + name + ": '" + value + "' is not allowed; use ");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.4/30, 192.0.2.7, true",
        "192.0.2.4/30, 192.0.2.8, false",
        "192.0.2.4, 192.0.2.4, true",
        "192.0.2.4, 192.0.2.5, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false"
    })
    void rangesOfAddresses(String range, String address, boolean contained) {
        assertThat(AddressRange.parse(range).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }

    private void write(String properties) throws IOException {
        Files.writeString(folder.resolve("openpanel.properties"), properties);
    }

    private Map<String, String> flags(String... namesAndValues) {
        var flags = new HashMap<String, String>();
        flags.put("data", folder.toString());
        for (var index = 0; index < namesAndValues.length; index += 2) {
            flags.put(namesAndValues[index], namesAndValues[index + 1]);
        }
        return flags;
    }

    private static List<String> problems(Map<String, String> flags) {
        return catchThrowableOfType(SettingsProblem.class, () -> Settings.read(flags, Map.of()))
                .problems();
    }
}
