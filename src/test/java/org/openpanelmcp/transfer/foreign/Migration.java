package org.openpanelmcp.transfer.foreign;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import org.openpanelmcp.transfer.Installation;
import org.openpanelmcp.transfer.Progress;

/** A data directory with the project {@code shop}, and imports into it. */
final class Migration {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final Path FILES = Path.of("src", "test", "resources", "foreign");

    final Path data;
    private final ZoneId zone;

    Migration(Path data, String zone) {
        this.data = data;
        this.zone = ZoneId.of(zone);
        try (var installation = new Installation(data)) {
            installation.metadata.organizations().add(new Organization("acme", "Acme", this.zone, NOW));
        }
        project("shop");
    }

    void project(String id) {
        try (var metadata = SqliteMetadata.open(new DataDirectory(data).metadataFile())) {
            metadata.projects().add(new Project(id, "acme", id, null, List.of("website"), null, NOW, null));
        }
    }

    ForeignReport load(Product product, Path file) {
        return load(product, file, null, null);
    }

    ForeignReport load(Product product, Path file, @Nullable String timezone, @Nullable String website) {
        return load("shop", product, file, timezone, website);
    }

    ForeignReport load(
            String project, Product product, Path file, @Nullable String timezone, @Nullable String website) {
        var request = new ForeignRequest(
                product, file, project, zone, timezone == null ? null : ZoneId.of(timezone), website, NOW);
        return ForeignImport.run(data, request, Progress.SILENT);
    }

    List<String> rows(String sql) {
        try (var installation = new Installation(data)) {
            return installation.rows(sql);
        }
    }

    static ForeignReport.Day day(ForeignReport report, String day) {
        return report.days().stream()
                .filter(found -> found.day().equals(day))
                .findFirst()
                .orElseThrow();
    }
}
