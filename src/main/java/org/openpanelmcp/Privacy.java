package org.openpanelmcp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.openpanelmcp.access.FailureLimit;
import org.openpanelmcp.access.SecretVerifier;
import org.openpanelmcp.http.Router;
import org.openpanelmcp.ingest.Intake;
import org.openpanelmcp.ingest.erase.PersonErasure;
import org.openpanelmcp.ingest.erase.RetentionExpiry;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.ingest.track.PersonEndpoint;
import org.openpanelmcp.ingest.track.TrackEndpoints;
import org.openpanelmcp.store.WriteFailure;
import org.openpanelmcp.store.duckdb.DuckDbEraser;
import org.openpanelmcp.transfer.control.Compaction;
import org.openpanelmcp.transfer.control.ControlServer;
import org.openpanelmcp.transfer.control.PersonCommand;
import org.openpanelmcp.transfer.control.RetentionCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wiring of what takes people, and what is too old, out again. */
final class Privacy {
    private static final Logger LOG = LoggerFactory.getLogger(Privacy.class);
    private static final Duration CHECK = Duration.ofMinutes(10);

    private final PersonErasure people;
    private final RetentionExpiry expiry;
    private final Compaction compaction;
    private final PersonEndpoint endpoint;

    private Privacy(PersonErasure people, RetentionExpiry expiry, Compaction compaction, PersonEndpoint endpoint) {
        this.people = people;
        this.expiry = expiry;
        this.compaction = compaction;
        this.endpoint = endpoint;
    }

    static Privacy start(
            Parts parts, Ingestion.Opened opened, Ingestion ingestion, SecretVerifier secrets, FailureLimit failures) {
        var metadata = opened.metadata();
        var intake = ingestion.intake();
        var eraser = new DuckDbEraser(opened.database());
        var clock = InstantSource.system();
        var people = parts.add(new PersonErasure(intake, metadata, eraser, clock));
        var privacy = new Privacy(
                people,
                new RetentionExpiry(intake, metadata, eraser, clock),
                new Compaction(opened.directory(), opened.database(), metadata, intake.journal()),
                new PersonEndpoint(
                        new TrackEndpoints.Guard(metadata, secrets, failures), people, ingestion.counters()));
        parts.add(Repeated.every(CHECK, "privacy", privacy::doWhatIsDue));
        return privacy;
    }

    private void doWhatIsDue() {
        try {
            expiry.whenDue();
        } catch (Intake.Unavailable | WriteFailure | JournalFailure failure) {
            LOG.warn("What is older than its project keeps is removed later: {}", failure.getMessage());
        }
        compaction.whenDue(Instant.now());
    }

    Router addTo(Router router) {
        return endpoint.addTo(router);
    }

    Map<String, ControlServer.Command> commands() {
        return Map.of(
                PersonCommand.NAME,
                new PersonCommand(people),
                RetentionCommand.NAME,
                new RetentionCommand(expiry),
                Compaction.NAME,
                compaction);
    }
}
