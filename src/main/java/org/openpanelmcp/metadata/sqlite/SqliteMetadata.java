package org.openpanelmcp.metadata.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.openpanelmcp.config.PrivateFile;
import org.openpanelmcp.metadata.AuditEntries;
import org.openpanelmcp.metadata.CatalogEntries;
import org.openpanelmcp.metadata.Clients;
import org.openpanelmcp.metadata.Erasures;
import org.openpanelmcp.metadata.Facts;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.MetadataFailure;
import org.openpanelmcp.metadata.Organizations;
import org.openpanelmcp.metadata.Projects;
import org.openpanelmcp.metadata.RetentionPeriods;
import org.openpanelmcp.metadata.Salts;
import org.openpanelmcp.metadata.Tracking;
import org.openpanelmcp.text.Reason;

/** The metadata in one SQLite file, which several processes may open at once. Safe for several threads. */
public final class SqliteMetadata implements Metadata {
    private final Database database;
    private final Organizations organizations;
    private final Projects projects;
    private final Clients clients;
    private final CatalogEntries catalog;
    private final Facts facts;
    private final AuditEntries audit;
    private final Tracking tracking;
    private final Salts salts;
    private final Erasures erasures;
    private final RetentionPeriods retention;

    private SqliteMetadata(Database database, Path file) {
        this.database = database;
        this.organizations = new SqliteOrganizations(database);
        this.projects = new SqliteProjects(database);
        this.clients = new SqliteClients(database);
        this.catalog = new SqliteCatalogEntries(database);
        this.facts = new SqliteFacts(database);
        this.audit = new SqliteAuditEntries(database);
        this.tracking = new SqliteTracking(database, this);
        this.salts = new SqliteSalts(database);
        this.erasures = new SqliteErasures(database, file.resolveSibling(ErasureKey.FILE_NAME));
        this.retention = new SqliteRetentionPeriods(database);
    }

    /**
     * Opens the file, makes it when there is none (mode 0600), and runs the migrations it lacks.
     *
     * @throws MetadataFailure when that fails, or a newer version wrote the file
     */
    public static SqliteMetadata open(Path file) {
        try {
            // The driver would make the file readable for everyone; its side files take over the mode of this one.
            PrivateFile.ensure(file);
        } catch (IOException e) {
            throw new MetadataFailure(
                    "Cannot create or protect the metadata database " + file + ": " + Reason.of(e), e);
        }
        return new SqliteMetadata(Database.open(file, Migrations.ALL), file);
    }

    @Override
    public Organizations organizations() {
        return organizations;
    }

    @Override
    public Projects projects() {
        return projects;
    }

    @Override
    public Clients clients() {
        return clients;
    }

    @Override
    public CatalogEntries catalog() {
        return catalog;
    }

    @Override
    public Facts facts() {
        return facts;
    }

    @Override
    public AuditEntries audit() {
        return audit;
    }

    @Override
    public Tracking tracking() {
        return tracking;
    }

    @Override
    public Salts salts() {
        return salts;
    }

    @Override
    public Erasures erasures() {
        return erasures;
    }

    @Override
    public RetentionPeriods retention() {
        return retention;
    }

    @Override
    public <T> T together(Supplier<T> work) {
        return database.together(work);
    }

    @Override
    public <T> T rehearse(Supplier<T> work) {
        return database.rehearse(work);
    }

    @Override
    public void close() {
        database.close();
    }
}
