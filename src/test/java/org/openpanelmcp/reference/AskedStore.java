package org.openpanelmcp.reference;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.AllTools;
import org.openpanelmcp.access.Access;
import org.openpanelmcp.access.AuditLog;
import org.openpanelmcp.access.Signatures;
import org.openpanelmcp.mcp.CallContext;
import org.openpanelmcp.mcp.ToolAnswer;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbEventStore;
import org.openpanelmcp.store.duckdb.DuckDbOptions;
import org.openpanelmcp.tool.Caller;
import org.openpanelmcp.tool.Catalogue;
import org.openpanelmcp.tool.Dashboard;
import org.openpanelmcp.tool.ToolServices;
import org.openpanelmcp.tool.Toolsets;
import org.openpanelmcp.transfer.Import;
import org.openpanelmcp.transfer.ImportOptions;
import org.openpanelmcp.transfer.Progress;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** All sets as projects of one real store, asked through the real tools. */
final class AskedStore implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final ScopedValue<Instant> NOW = ScopedValue.newInstance();
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private final Metadata metadata;
    private final DuckDbDatabase database;
    private final DuckDbEventStore store;
    private final AuditLog audit;
    private final Catalogue catalogue;

    private AskedStore(Metadata metadata, DuckDbDatabase database) {
        this.metadata = metadata;
        this.database = database;
        this.store = new DuckDbEventStore(database, 2);
        this.audit = AuditLog.start(metadata.audit(), AuditLog.Retention.DEFAULT, InstantSource.system());
        this.catalogue = newCatalogue();
    }

    /** Writes the rows of all projects to files in {@code folder} and imports these. */
    static AskedStore load(Path folder, List<SampleProject> projects) throws IOException {
        var metadata = SqliteMetadata.open(folder.resolve("metadata.sqlite"));
        for (var project : projects) {
            metadata.organizations()
                    .save(new Organization(project.organizationId(), "An organization", ZoneOffset.UTC, CREATED));
            metadata.projects()
                    .save(new Project(
                            project.id(),
                            project.organizationId(),
                            "A set",
                            null,
                            List.of(),
                            project.zone(),
                            CREATED,
                            null));
        }
        var files = Files.createDirectories(folder.resolve("transfer"));
        try (var events = Files.newBufferedWriter(files.resolve("events.jsonl"));
                var sessions = Files.newBufferedWriter(files.resolve("sessions.jsonl"))) {
            for (var project : projects) {
                writeEvents(project, events);
                writeSessions(project, sessions);
            }
        }
        var database = DuckDbDatabase.open(folder, DuckDbOptions.unlocked());
        var asked = new AskedStore(metadata, database);
        // Versions are written one after the other, as they come to be.
        asked.importAll(PeopleFiles.ofOldVersions(Files.createDirectories(folder.resolve("earlier")), projects));
        PeopleFiles.ofLatestVersions(files, projects);
        asked.importAll(files);
        return asked;
    }

    private void importAll(Path files) {
        var report = new Import(database, metadata).run(files, new ImportOptions(true), Progress.SILENT);
        for (var table : report.tables()) {
            if (table.read() != table.loaded()) {
                throw new IllegalStateException("not all rows were loaded: " + table);
            }
        }
    }

    private static void writeEvents(SampleProject project, BufferedWriter file) throws IOException {
        for (var event : project.events()) {
            var row = row(project, event.at(), event.columns());
            row.put("id", event.id().toString()).put("revenue", event.revenue()).put("duration", event.duration());
            var properties = row.putObject("properties");
            event.properties().forEach(properties::put);
            var groups = row.putArray("groups");
            project.people().groupsOf(event.id().toString()).forEach(groups::add);
            file.write(row + "\n");
        }
    }

    private static void writeSessions(SampleProject project, BufferedWriter file) throws IOException {
        for (var session : project.sessions()) {
            var row = row(project, session.at(), session.columns());
            row.put("id", session.id()).put("revenue", session.revenue()).put("duration", session.duration());
            row.put(
                    "ended_at",
                    Instant.ofEpochMilli(session.at() + session.duration()).toString());
            var groups = row.putArray("groups");
            project.people().groupsOf(session.id()).forEach(groups::add);
            row.put("is_bounce", session.bounce()).put("screen_view_count", session.views());
            file.write(row + "\n");
        }
    }

    private static ObjectNode row(SampleProject project, long at, Map<String, String> columns) {
        var row = JSON.createObjectNode();
        row.put("project_id", project.id());
        row.put("created_at", Instant.ofEpochMilli(at).toString());
        columns.forEach(row::put);
        return row;
    }

    static ObjectNode arguments() {
        return JSON.createObjectNode();
    }

    /** Asks as a client of the organization, or of the one project; gives the answer whatever it is. */
    ToolAnswer.Finished answer(SampleProject project, boolean asOrganization, String tool, ObjectNode arguments) {
        var access = asOrganization
                ? new Access.Root("client", project.organizationId())
                : new Access.Read("client", project.organizationId(), project.id());
        var asked = arguments.deepCopy();
        if (asOrganization) {
            asked.put("projectId", project.id());
        }
        var caller = new Caller(access, Toolsets.Selection.everything());
        return ScopedValue.where(NOW, project.now())
                .call(() -> (ToolAnswer.Finished) catalogue.call(caller, tool, asked, new Uncancelled()));
    }

    /** Asks, and fails when the tool does not answer. */
    ObjectNode ask(SampleProject project, String tool, ObjectNode arguments) {
        var answer = answer(project, project.seed() % 2 == 0, tool, arguments);
        var content = answer.structured();
        if (answer.isError() || content == null) {
            throw new AssertionError(project.title() + ": " + tool + " " + arguments + " was refused: " + content);
        }
        return content;
    }

    /** Each project is asked at a time of its own; making a catalogue takes longer than most questions. */
    private Catalogue newCatalogue() {
        return new Catalogue(
                AllTools.sets().tools(),
                ToolServices.of(
                        metadata,
                        store,
                        Dashboard.NONE,
                        new ProjectClock(),
                        audit,
                        new SecretKeySpec(new byte[32], Signatures.ALGORITHM),
                        Duration.ofMinutes(2),
                        Integer.MAX_VALUE));
    }

    @Override
    public void close() {
        store.close();
        database.close();
        audit.close();
        metadata.close();
    }

    private static final class ProjectClock extends Clock {
        @Override
        public Instant instant() {
            return NOW.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("a clock for one zone");
        }
    }

    private static final class Uncancelled implements CallContext {
        @Override
        public void onCancel(Runnable action) {
            // Nobody cancels.
        }

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public void progress(double done, @Nullable Double total, @Nullable String message) {
            // Nobody listens.
        }
    }
}
