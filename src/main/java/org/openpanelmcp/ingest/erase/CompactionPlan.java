package org.openpanelmcp.ingest.erase;

import java.time.Duration;
import java.time.Instant;
import org.openpanelmcp.metadata.Metadata;

/** When deleted rows have to be out of the files. Kept in the metadata, so that a restart forgets nothing. */
public final class CompactionPlan {
    /** Several people are often deleted one after the other; a day is what is promised. */
    public static final Duration AFTER_ERASURE = Duration.ofHours(1);

    /** What became too old is removed daily; so much need not be written anew every day. */
    public static final Duration AFTER_EXPIRY = Duration.ofDays(7);

    private static final String DUE = "compaction_due";

    private CompactionPlan() {}

    /** Something was removed: compaction is due after that time, if it is not earlier. */
    public static void within(Metadata metadata, Duration time, Instant now) {
        metadata.together(() -> {
            var due = now.plus(time);
            var planned = read(metadata);
            if (planned.isEmpty() || due.isBefore(Instant.parse(planned))) {
                metadata.facts().put(DUE, due.toString());
            }
            return due;
        });
    }

    public static boolean isDue(Metadata metadata, Instant now) {
        var planned = read(metadata);
        return !planned.isEmpty() && !now.isBefore(Instant.parse(planned));
    }

    /** What is planned, to be told when it is done. */
    public static String read(Metadata metadata) {
        return metadata.facts().get(DUE).orElse("");
    }

    /** What was planned before is done; what was planned meanwhile is still to be done. */
    public static void done(Metadata metadata, String planned) {
        metadata.together(() -> {
            if (read(metadata).equals(planned)) {
                metadata.facts().put(DUE, "");
            }
            return planned;
        });
    }
}
