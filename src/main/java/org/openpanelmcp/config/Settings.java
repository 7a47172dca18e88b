package org.openpanelmcp.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of {@code serve}, checked.
 *
 * @param data the data directory
 */
public record Settings(Path data, Http http, Mcp mcp, Query query, DuckDb duckDb, Tracking tracking) {
    /**
     * How the server is reached.
     *
     * @param publicUrl without a slash at the end
     * @param allowedOrigins lower case, such as {@code https://app.example.org}
     * @param allowedHosts lower case, with or without a port
     */
    public record Http(
            String host,
            int port,
            Optional<URI> publicUrl,
            List<AddressRange> trustedProxies,
            List<String> allowedOrigins,
            List<String> allowedHosts,
            int maxRequestBytes) {}

    /**
     * The endpoint {@code /mcp}.
     *
     * @param rateLimit requests a minute per client; 0: no limit
     * @param urlTokens whether the address may carry the token
     * @param dashboardUrl where links in answers lead, without a slash at the end
     */
    public record Mcp(int rateLimit, boolean urlTokens, Optional<URI> dashboardUrl) {}

    /**
     * Bounds of queries.
     *
     * @param now the fixed present of queries; for test data only
     */
    public record Query(Duration timeout, int concurrency, Optional<Instant> now) {}

    /**
     * What is taken from trackers, and what is added to it.
     *
     * @param geoHeaders header by part of a place
     * @param maxEventAge how old an event may be
     * @param rateLimit events a second per project; 0: no limit
     * @param dailyQuota events a day per project; 0: no limit
     */
    public record Tracking(
            Optional<Path> geoDatabase,
            Map<String, String> geoHeaders,
            Duration maxEventAge,
            int rateLimit,
            int dailyQuota) {}

    /** The event store; sizes in bytes. */
    public record DuckDb(long memoryLimit, long maxTempSize, int threads) {}

    /**
     * Reads every setting from its first source: flags, environment, properties file, default.
     *
     * @param flags setting name (without dashes) to text, those that were given only
     * @param environment all environment variables; empty ones count as not set
     * @throws SettingsProblem with everything that is wrong
     */
    public static Settings read(Map<String, String> flags, Map<String, String> environment) {
        var values = SettingValues.of(flags, environment);
        var settings = new Settings(
                values.get(ServeSettings.DATA),
                new Http(
                        values.get(ServeSettings.HOST),
                        values.get(ServeSettings.PORT),
                        values.get(ServeSettings.PUBLIC_URL),
                        values.get(ServeSettings.TRUSTED_PROXIES),
                        values.get(ServeSettings.ALLOWED_ORIGINS),
                        values.get(ServeSettings.ALLOWED_HOSTS),
                        Math.toIntExact(values.get(ServeSettings.MAX_REQUEST_BYTES))),
                new Mcp(
                        values.get(ServeSettings.MCP_RATE_LIMIT),
                        values.get(ServeSettings.URL_TOKENS),
                        values.get(ServeSettings.DASHBOARD_URL)),
                new Query(
                        values.get(ServeSettings.QUERY_TIMEOUT),
                        values.get(ServeSettings.QUERY_CONCURRENCY),
                        values.get(ServeSettings.NOW)),
                new DuckDb(
                        values.get(ServeSettings.DUCKDB_MEMORY_LIMIT),
                        values.get(ServeSettings.DUCKDB_MAX_TEMP_SIZE),
                        values.get(ServeSettings.DUCKDB_THREADS)),
                new Tracking(
                        values.get(ServeSettings.GEO_DATABASE),
                        values.get(ServeSettings.GEO_HEADERS),
                        values.get(ServeSettings.MAX_EVENT_AGE),
                        values.get(ServeSettings.INGEST_RATE_LIMIT),
                        values.get(ServeSettings.INGEST_DAILY_QUOTA)));
        values.check();
        return settings;
    }
}
