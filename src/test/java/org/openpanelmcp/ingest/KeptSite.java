package org.openpanelmcp.ingest;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.openpanelmcp.ingest.erase.ErasureReport;
import org.openpanelmcp.ingest.erase.ExpiryReport;
import org.openpanelmcp.ingest.erase.Keeping;
import org.openpanelmcp.ingest.erase.PersonErasure;
import org.openpanelmcp.ingest.erase.RetentionExpiry;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import org.openpanelmcp.store.StoredRows;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbEraser;
import org.openpanelmcp.store.duckdb.DuckDbEventWriter;
import org.openpanelmcp.store.duckdb.DuckDbOptions;

/** A data directory with a running intake that keeps out the deleted and the old, and a clock that is set by hand. */
public final class KeptSite implements AutoCloseable {
    public static final long NOON = Site.NOON;

    public final AtomicLong now;
    public final DuckDbDatabase database;
    public final SqliteMetadata metadata;
    public final LiveIntake intake;
    private final PersonErasure people;
    private final RetentionExpiry expiry;

    public KeptSite(Path folder) throws Exception {
        this(folder, NOON);
    }

    public KeptSite(Path folder, long now) throws Exception {
        this.now = new AtomicLong(now);
        this.database = DuckDbDatabase.open(folder, DuckDbOptions.unlocked());
        this.metadata = SqliteMetadata.open(folder.resolve("metadata.sqlite"));
        var start = Instant.EPOCH;
        metadata.organizations().save(new Organization("acme", "Acme", ZoneId.of("Europe/Stockholm"), start));
        metadata.projects().save(new Project("shop", "acme", "Shop", null, List.of(), null, start, null));
        metadata.projects().save(new Project("blog", "acme", "Blog", null, List.of(), null, start, null));
        InstantSource clock = () -> Instant.ofEpochMilli(this.now.get());
        var eraser = new DuckDbEraser(database);
        this.intake = LiveIntake.start(
                folder,
                new DuckDbEventWriter(database),
                clock,
                LiveIntake.Limits.DEFAULT,
                new Keeping(metadata, eraser));
        this.people = new PersonErasure(intake, metadata, eraser, clock);
        this.expiry = new RetentionExpiry(intake, metadata, eraser, clock);
    }

    public List<Receipt> take(Entry... entries) throws Exception {
        return intake.take(
                Arrays.stream(entries).map(entry -> new Offer(entry, null)).toList());
    }

    public ErasureReport erase(String profileId) throws Exception {
        return people.erase("shop", profileId);
    }

    public ErasureReport preview(String profileId) throws Exception {
        return people.preview("shop", profileId);
    }

    ExpiryReport expire() throws Exception {
        return expiry.run();
    }

    void expireWhenDue() throws Exception {
        expiry.whenDue();
    }

    /** What is stored once all that was accepted is; values as text joined by {@code |}. */
    public List<String> rows(String sql) throws Exception {
        if (!intake.awaitStored(60_000)) {
            throw new AssertionError("what was accepted is not stored");
        }
        return StoredRows.of(database, sql);
    }

    @Override
    public void close() {
        people.close();
        intake.close();
        metadata.close();
        database.close();
    }
}
