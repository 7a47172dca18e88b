package org.openpanelmcp.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every setting of {@code serve}: its name, default, bounds and help, declared here once. */
public final class ServeSettings {
    public static final Setting<Path> DATA = new Setting<>(
            "data", "./data", "a directory", "Directory that holds everything the server keeps", Path::of);
    public static final Setting<Optional<Path>> CONFIG = new Setting<>(
            "config",
            "",
            "a file",
            "Properties file with settings (otherwise openpanel.properties in the data directory)",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)));

    static final Setting<String> HOST = new Setting<>(
            "host",
            "127.0.0.1",
            "an IP address or a host name",
            "Address to listen on; 0.0.0.0 for all",
            Parsers::host);
    static final Setting<Integer> PORT = new Setting<>(
            "port",
            "3333",
            "a whole number from 0 to 65535",
            "Port to listen on; 0 for any free one",
            Parsers.integer(0, 65_535));
    static final Setting<Optional<URI>> PUBLIC_URL = new Setting<>(
            "public-url",
            "",
            "an http or https address without query, such as https://stats.example.org",
            "Address under which people reach this server",
            Parsers::publicUrl);
    static final Setting<List<AddressRange>> TRUSTED_PROXIES = new Setting<>(
            "trusted-proxies",
            "",
            "IP addresses or ranges joined by commas, such as 10.0.0.0/8,::1",
            "Proxies whose X-Forwarded-For is believed",
            Parsers::addressRanges);
    static final Setting<List<String>> ALLOWED_ORIGINS = new Setting<>(
            "allowed-origins",
            "",
            "origins joined by commas, such as https://app.example.org",
            "Web sites whose pages may call /mcp, besides our own",
            Parsers::origins);
    static final Setting<List<String>> ALLOWED_HOSTS = new Setting<>(
            "allowed-hosts",
            "",
            "host names joined by commas, with or without a port",
            "Further names under which this server answers",
            Parsers::hosts);
    static final Setting<Long> MAX_REQUEST_BYTES = new Setting<>(
            "max-request-bytes",
            "1MB",
            "a size from 1KB to 64MB, such as 512KB",
            "Longest body of a request",
            Parsers.bytes(1L << 10, 64L << 20));
    static final Setting<Integer> MCP_RATE_LIMIT = new Setting<>(
            "mcp-rate-limit",
            "60",
            "a whole number from 0 to 1000000",
            "Calls a minute per client; 0 for no limit",
            Parsers.integer(0, 1_000_000));
    static final Setting<Boolean> URL_TOKENS = new Setting<>(
            "url-tokens",
            "true",
            "true or false",
            "Whether /mcp?token=... is accepted besides the Authorization header",
            Parsers::yesOrNo);
    static final Setting<Optional<URI>> DASHBOARD_URL = new Setting<>(
            "dashboard-url",
            "",
            "an http or https address without query, such as https://dashboard.example.org",
            "Address of an OpenPanel dashboard on the same projects, for links in answers",
            Parsers::publicUrl);
    static final Setting<Duration> QUERY_TIMEOUT = new Setting<>(
            "query-timeout",
            "30s",
            "a time from 1s to 1h, such as 30s or 2m",
            "Longest time that a query may run",
            Parsers.duration(Duration.ofSeconds(1), Duration.ofHours(1)));
    static final Setting<Integer> QUERY_CONCURRENCY = new Setting<>(
            "query-concurrency",
            "4",
            "a whole number from 1 to 64",
            "Queries that run at once",
            Parsers.integer(1, 64));
    static final Setting<Optional<Instant>> NOW = new Setting<>(
            "now",
            "",
            "an instant such as 2026-11-20T12:00:00Z",
            "Fixes the clock of queries; for test data only",
            Parsers::instant);
    static final Setting<Long> DUCKDB_MEMORY_LIMIT = new Setting<>(
            "duckdb-memory-limit",
            "384MB",
            "a size from 64MB to 1024GB, such as 2GB",
            "Memory of the event store, besides Java's",
            Parsers.bytes(64L << 20, 1L << 40));
    static final Setting<Long> DUCKDB_MAX_TEMP_SIZE = new Setting<>(
            "duckdb-max-temp-size",
            "4GB",
            "a size from 0B to 100000GB, such as 10GB",
            "Disk space for queries that do not fit into memory",
            Parsers.bytes(0, 100_000L << 30));
    static final Setting<Integer> DUCKDB_THREADS = new Setting<>(
            "duckdb-threads",
            "auto",
            "auto, or a whole number from 1 to 64",
            "Threads of the event store; auto is the number of processors",
            Parsers.processors(64));
    static final Setting<Optional<Path>> GEO_DATABASE = new Setting<>(
            "geo-database",
            "",
            "a file in MaxMind's format (.mmdb) with cities",
            "Where visitors are, by their address; read again when it changes",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)));
    static final Setting<Map<String, String>> GEO_HEADERS = new Setting<>(
            "geo-headers",
            "",
            "country=HEADER, and region=, city=, longitude=, latitude= if the proxy sends them, joined by commas",
            "Headers by which trusted proxies say where a visitor is",
            Parsers.named(List.of("country", "region", "city", "longitude", "latitude")));
    static final Setting<Duration> MAX_EVENT_AGE = new Setting<>(
            "max-event-age",
            "90d",
            "a time from 1h to 3650d, such as 90d",
            "How old an event may be when it arrives",
            Parsers.duration(Duration.ofHours(1), Duration.ofDays(3_650)));
    static final Setting<Integer> INGEST_RATE_LIMIT = new Setting<>(
            "ingest-rate-limit",
            "0",
            "a whole number from 0 to 10000000",
            "Events a second per project; 0 for no limit",
            Parsers.integer(0, 10_000_000));
    static final Setting<Integer> INGEST_DAILY_QUOTA = new Setting<>(
            "ingest-daily-quota",
            "0",
            "a whole number from 0 to 2000000000",
            "Events a day (UTC) per project; 0 for no limit",
            Parsers.integer(0, 2_000_000_000));

    /** In the order of {@code --help}. */
    public static final List<Setting<?>> ALL = List.of(
            DATA,
            CONFIG,
            HOST,
            PORT,
            PUBLIC_URL,
            TRUSTED_PROXIES,
            ALLOWED_ORIGINS,
            ALLOWED_HOSTS,
            MAX_REQUEST_BYTES,
            MCP_RATE_LIMIT,
            URL_TOKENS,
            DASHBOARD_URL,
            QUERY_TIMEOUT,
            QUERY_CONCURRENCY,
            NOW,
            DUCKDB_MEMORY_LIMIT,
            DUCKDB_MAX_TEMP_SIZE,
            DUCKDB_THREADS,
            GEO_DATABASE,
            GEO_HEADERS,
            MAX_EVENT_AGE,
            INGEST_RATE_LIMIT,
            INGEST_DAILY_QUOTA);

    private ServeSettings() {}
}
