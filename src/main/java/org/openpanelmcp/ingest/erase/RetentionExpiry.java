package org.openpanelmcp.ingest.erase;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openpanelmcp.ingest.Intake;
import org.openpanelmcp.ingest.LiveIntake;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.store.EventEraser;
import org.openpanelmcp.store.WriteFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what is older than its project keeps. Used from platform threads. */
public final class RetentionExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionExpiry.class);

    private final LiveIntake intake;
    private final Metadata metadata;
    private final EventEraser store;
    private final InstantSource clock;
    /** Since when what happened was kept the last time. */
    private volatile Map<String, Instant> done = Map.of();

    public RetentionExpiry(LiveIntake intake, Metadata metadata, EventEraser store, InstantSource clock) {
        this.intake = intake;
        this.metadata = metadata;
        this.store = store;
        this.clock = clock;
    }

    /** The same as {@link #run}, unless no day has ended and no period was changed since the last time. */
    public void whenDue() throws Intake.Unavailable, WriteFailure, JournalFailure {
        var since = metadata.retention().keptSince(clock.instant());
        if (since.equals(done)) {
            return;
        }
        var report = run();
        if (!report.isEmpty()) {
            LOG.info("What is older than its project keeps was removed: {}", report);
        }
        done = since;
    }

    /**
     * Removes what is too old now, in all projects.
     *
     * @throws Intake.Unavailable when what was accepted cannot be stored now
     */
    public ExpiryReport run() throws Intake.Unavailable, WriteFailure, JournalFailure {
        var now = clock.instant();
        var since = new TreeMap<>(metadata.retention().keptSince(now));
        if (since.isEmpty()) {
            return new ExpiryReport(List.of(), 0);
        }
        var rows = new ArrayList<ExpiryReport.Row>();
        for (var each : since.entrySet()) {
            var removed = intake.alone(pause -> {
                var gone = store.expire(each.getKey(), each.getValue().toEpochMilli());
                pause.forgetSessions(gone.touched());
                return gone;
            });
            rows.add(new ExpiryReport.Row(
                    each.getKey(), each.getValue(), removed.events(), removed.sessions(), removed.profiles()));
        }
        var report = new ExpiryReport(rows, sweep(since));
        if (!report.isEmpty()) {
            CompactionPlan.within(metadata, CompactionPlan.AFTER_EXPIRY, now);
        }
        return report;
    }

    private long sweep(Map<String, Instant> since) throws JournalFailure {
        try (var removal = intake.journal().removal()) {
            long entries = new JournalSweep(removal).expire(since);
            removal.settle();
            return entries;
        }
    }
}
