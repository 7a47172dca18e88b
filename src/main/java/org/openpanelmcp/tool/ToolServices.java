package org.openpanelmcp.tool;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import javax.crypto.SecretKey;
import org.openpanelmcp.access.AuditLog;
import org.openpanelmcp.access.Tenancy;
import org.openpanelmcp.metadata.CatalogEntries;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.store.EventStore;

/** What all calls share. */
public record ToolServices(
        Tenancy tenancy,
        EventStore store,
        CatalogEntries catalog,
        Dashboard dashboard,
        Clock clock,
        AuditLog audit,
        Cursors cursors,
        Handles handles,
        Freshness freshness,
        Remembered remembered,
        Duration queryTime,
        int mostTokens) {

    /** Below 25,000, at which clients begin to refuse answers: models count differently. */
    public static final int ROOM_OF_MODELS = 24_700;

    /**
     * @param dashboard where links lead
     * @param clock of the questions
     * @param cursorKey signs cursors and handles; the same in all processes of an installation
     * @param queryTime the longest that one query may take
     * @param mostTokens how long an answer may be, about; longer ones are cut
     */
    public static ToolServices of(
            Metadata metadata,
            EventStore store,
            Dashboard dashboard,
            Clock clock,
            AuditLog audit,
            SecretKey cursorKey,
            Duration queryTime,
            int mostTokens) {
        return new ToolServices(
                new Tenancy(metadata),
                store,
                metadata.catalog(),
                dashboard,
                clock,
                audit,
                new Cursors(cursorKey),
                new Handles(cursorKey, InstantSource.system()),
                new Freshness(),
                new Remembered(),
                queryTime,
                mostTokens);
    }

    /** The same with the clock of the questions stopped. */
    ToolServices asOf(Instant now) {
        return new ToolServices(
                tenancy,
                store,
                catalog,
                dashboard,
                Clock.fixed(now, ZoneOffset.UTC),
                audit,
                cursors,
                handles,
                freshness,
                remembered,
                queryTime,
                mostTokens);
    }
}
