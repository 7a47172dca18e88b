package org.openpanelmcp;

import java.io.IOException;
import java.security.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.function.Supplier;
import org.openpanelmcp.access.FailureLimit;
import org.openpanelmcp.access.SecretVerifier;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.config.Settings;
import org.openpanelmcp.http.OriginPolicy;
import org.openpanelmcp.http.Router;
import org.openpanelmcp.http.TrustedProxies;
import org.openpanelmcp.ingest.IngestCounters;
import org.openpanelmcp.ingest.LiveIntake;
import org.openpanelmcp.ingest.enrich.Bots;
import org.openpanelmcp.ingest.enrich.DailySalts;
import org.openpanelmcp.ingest.enrich.Enrichment;
import org.openpanelmcp.ingest.enrich.Geo;
import org.openpanelmcp.ingest.enrich.GeoHeaders;
import org.openpanelmcp.ingest.enrich.UserAgents;
import org.openpanelmcp.ingest.erase.Keeping;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.ingest.track.TrackEndpoints;
import org.openpanelmcp.ingest.track.TrackerScript;
import org.openpanelmcp.ingest.track.Visitor;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.ops.Health;
import org.openpanelmcp.ops.Metrics;
import org.openpanelmcp.store.WriteFailure;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbEraser;
import org.openpanelmcp.store.duckdb.DuckDbEventWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wiring of what takes events in. */
final class Ingestion {
    private static final Logger LOG = LoggerFactory.getLogger(Ingestion.class);
    private static final int MOST_DEAD_LETTERS = 1_000;
    private static final Duration CHECK_OF_SALTS = Duration.ofMinutes(1);
    private static final Duration SAVING_OF_QUOTAS = Duration.ofSeconds(5);

    private final LiveIntake intake;
    private final Metadata metadata;
    private final IngestCounters counters = new IngestCounters();
    private final TrackEndpoints endpoints;

    private Ingestion(
            Settings settings,
            Metadata metadata,
            LiveIntake intake,
            Enrichment enrichment,
            SecretVerifier secrets,
            FailureLimit failures,
            Key key) {
        this.intake = intake;
        this.metadata = metadata;
        var tracking = settings.tracking();
        this.endpoints = new TrackEndpoints(
                new TrackEndpoints.Guard(metadata, secrets, failures),
                enrichment,
                intake,
                counters,
                new Visitor.Trust(
                        TrustedProxies.of(settings.http().trustedProxies()), new GeoHeaders(tracking.geoHeaders())),
                key,
                new TrackEndpoints.Options(tracking.maxEventAge(), tracking.rateLimit(), tracking.dailyQuota()),
                InstantSource.system());
    }

    /** @throws IOException whose message is a sentence for the operator */
    static Ingestion start(
            Settings settings, Parts parts, Opened opened, SecretVerifier secrets, FailureLimit failures, Key key)
            throws IOException {
        var file = settings.tracking().geoDatabase();
        var geo = parts.add(file.isPresent() ? Geo.open(file.get()) : Geo.none());
        var salts = new DailySalts(opened.metadata().salts(), InstantSource.system());
        parts.add(Repeated.every(CHECK_OF_SALTS, "salts", salts::current));
        var enrichment = new Enrichment(salts, new UserAgents(), geo, new Bots());
        var ingestion = new Ingestion(
                settings, opened.metadata(), parts.add(intake(opened)), enrichment, secrets, failures, key);
        if (settings.tracking().dailyQuota() > 0) {
            parts.add(ingestion.endpoints::saveQuotas);
            parts.add(Repeated.every(SAVING_OF_QUOTAS, "quotas", ingestion.endpoints::saveQuotas));
        }
        return ingestion;
    }

    /** What is open already. */
    record Opened(DataDirectory directory, DuckDbDatabase database, Metadata metadata) {}

    private static LiveIntake intake(Opened opened) throws IOException {
        try {
            return LiveIntake.start(
                    opened.directory().path(),
                    new DuckDbEventWriter(opened.database()),
                    InstantSource.system(),
                    LiveIntake.Limits.DEFAULT,
                    new Keeping(opened.metadata(), new DuckDbEraser(opened.database())));
        } catch (JournalFailure | WriteFailure failure) {
            throw new IOException("Events cannot be taken in: " + failure.getMessage(), failure);
        }
    }

    LiveIntake intake() {
        return intake;
    }

    IngestCounters counters() {
        return counters;
    }

    Router addTo(Router router, Metrics metrics) {
        var script = TrackerScript.load();
        endpoints.addTo(router).add("GET", "/op1.js", OriginPolicy.ANY, script::answer);
        var checks = new LinkedHashMap<String, Supplier<String>>();
        checks.put("metadata", () -> {
            metadata.organizations().list();
            return "";
        });
        checks.put("events", () -> intake.status().trouble());
        new Health(checks).addTo(router);
        return measured(metrics).addTo(router);
    }

    private Metrics measured(Metrics metrics) {
        return metrics.counter(
                        "openpanel_ingest_results_total",
                        "What came of calls that were taken.",
                        "result",
                        counters::results)
                .counter("openpanel_ingest_refused_total", "Calls that were refused.", "code", counters::refusals)
                .counter(
                        "openpanel_ingest_bots_total",
                        "Requests of bots, which are not stored.",
                        "type",
                        counters::bots)
                .counter(
                        "openpanel_journal_accepted_total",
                        "Entries of the journal.",
                        () -> intake.status().accepted())
                .counter(
                        "openpanel_journal_stored_total",
                        "Entries of the journal that are stored.",
                        () -> intake.status().stored())
                .gauge("openpanel_journal_lag", "Entries of the journal that are not stored yet.", () -> {
                    var status = intake.status();
                    return status.accepted() - status.stored();
                })
                .gauge("openpanel_dead_letters", "Entries that could not be stored, at most 1000.", this::deadLetters)
                .gauge(
                        "openpanel_ingest_waiting",
                        "Calls that wait to be journalled.",
                        () -> intake.status().waiting())
                .gauge(
                        "openpanel_store_troubled",
                        "1 while nothing can be stored.",
                        () -> intake.status().trouble().isEmpty() ? 0 : 1);
    }

    /** Not a number when the journal cannot be read. */
    private double deadLetters() {
        try {
            return intake.deadLetters(MOST_DEAD_LETTERS).size();
        } catch (JournalFailure failure) {
            LOG.warn("Dead letters cannot be counted: {}", failure.getMessage());
            return Double.NaN;
        }
    }
}
