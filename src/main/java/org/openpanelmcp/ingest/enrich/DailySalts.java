package org.openpanelmcp.ingest.enrich;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.metadata.Salts;

/** The salts of the day, which begins at midnight UTC. Safe for several threads. */
public final class DailySalts {
    private final Salts salts;
    private final InstantSource clock;
    private volatile @Nullable Known known;

    private record Known(LocalDate day, Salts.Pair pair) {}

    public DailySalts(Salts salts, InstantSource clock) {
        this.salts = salts;
        this.clock = clock;
    }

    /** Makes the day's salt when nobody, in whatever process, has yet; yesterday's is the other one, older ones are gone. */
    public Salts.Pair current() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var before = known;
        if (before != null && before.day().equals(today)) {
            return before.pair();
        }
        var pair = salts.of(today);
        known = new Known(today, pair);
        return pair;
    }
}
