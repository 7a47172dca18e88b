package org.openpanelmcp.metadata;

import java.util.function.Supplier;

/**
 * Everything about an installation that is not events: who exists, what they may use, what they saved.
 *
 * <p>One interface, so that our own tables (SQLite, PostgreSQL) and, read-only, those of an OpenPanel installation can
 * stand behind it. Implementations are safe for use by several threads, and see what another process wrote at the next
 * call. Instants are kept to the millisecond. Every call may throw {@link MetadataFailure}.
 */
public interface Metadata extends AutoCloseable {
    Organizations organizations();

    Projects projects();

    Clients clients();

    /** Dashboards, reports, references and whatever else a transfer folder's catalog holds, kept word for word. */
    CatalogEntries catalog();

    /** From where and what projects take. */
    Tracking tracking();

    /** What makes device ids. */
    Salts salts();

    /** Facts about the installation itself, such as whether it is marked as test data. */
    Facts facts();

    /** Who called what. */
    AuditEntries audit();

    /** Who was deleted. */
    Erasures erasures();

    /** For how long projects keep what happened. */
    RetentionPeriods retention();

    /** Runs work whose writes are kept as a whole, or not at all when it throws. Reads see them only afterwards. */
    <T> T together(Supplier<T> work);

    /** Runs work and takes its writes back: what it returns is what would come of them. */
    <T> T rehearse(Supplier<T> work);

    @Override
    void close();
}
