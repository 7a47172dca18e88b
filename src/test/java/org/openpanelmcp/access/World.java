package org.openpanelmcp.access;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.metadata.Client;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;

/** Two organizations with projects, in a real database. */
final class World {
    static final Instant CREATED = Instant.parse("2026-11-01T00:00:00Z");
    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");
    static final String CLIENT_ID = "11111111-1111-4111-8111-111111111111";
    static final String SECRET = "sec_test";
    static final String HASH = "saltsaltsaltsalt.a265f51ac84dcb91eb1bcd008fb3ea84052d47bad0df5e828f5bf53f675b73fa";

    private World() {}

    static Metadata open(Path folder) {
        var metadata = SqliteMetadata.open(folder.resolve("metadata.sqlite"));
        metadata.organizations().save(new Organization("acme", "Acme", NEW_YORK, CREATED));
        metadata.organizations().save(new Organization("globex", "Globex", ZoneOffset.UTC, CREATED));
        project(metadata, "acme-shop", "acme", null, null);
        project(metadata, "acme-blog", "acme", STOCKHOLM, null);
        project(metadata, "acme-old", "acme", null, CREATED);
        project(metadata, "globex-app", "globex", null, null);
        return metadata;
    }

    static void client(Metadata metadata, Client.Type type, @Nullable String projectId, @Nullable String hash) {
        metadata.clients().save(new Client(CLIENT_ID, "c", type, "acme", projectId, hash, CREATED));
    }

    private static void project(
            Metadata metadata, String id, String organization, @Nullable ZoneId zone, @Nullable Instant deletedAt) {
        metadata.projects().save(new Project(id, organization, id, null, List.of(), zone, CREATED, deletedAt));
    }
}
