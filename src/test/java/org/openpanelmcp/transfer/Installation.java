package org.openpanelmcp.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import org.openpanelmcp.store.StoredRows;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbOptions;

/** A data directory with its two databases, and what tests ask of them. */
public final class Installation implements AutoCloseable {
    public static final String CATALOG = """
            {"organizations": [{"id": "acme", "name": "Acme", "timezone": "Europe/Stockholm",
                                "createdAt": "2026-01-01T00:00:00.000Z"}],
             "projects": [{"id": "shop", "name": "Shop", "organizationId": "acme", "types": ["website"],
                           "createdAt": "2026-01-01T00:00:00.000Z"}]}""";

    public final Path root;
    public final DuckDbDatabase events;
    public final SqliteMetadata metadata;

    public Installation(Path root) {
        this(root, DuckDbOptions.unlocked());
    }

    public Installation(Path root, DuckDbOptions options) {
        this.root = root;
        this.events = DuckDbDatabase.open(root, options);
        this.metadata = SqliteMetadata.open(new DataDirectory(root).metadataFile());
    }

    ImportReport load(Path folder) {
        return new Import(events, metadata).run(folder, new ImportOptions(false), Progress.SILENT);
    }

    ImportReport.Table load(Path folder, String table) {
        return load(folder).tables().stream()
                .filter(report -> report.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    /** All rows, their values as text joined by {@code |}. */
    public List<String> rows(String sql) {
        return StoredRows.of(events, sql);
    }

    public void execute(String sql) {
        StoredRows.change(events, sql);
    }

    /** Makes a folder with a catalog of one project, {@code shop}, and one file. */
    static Path folder(Path folder, String file, String content) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("catalog.json"), CATALOG);
            Files.writeString(folder.resolve(file), content);
            return folder;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    @Override
    public void close() {
        metadata.close();
        events.close();
    }
}
