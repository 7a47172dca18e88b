package org.openpanelmcp.transfer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.openpanelmcp.metadata.CatalogEntry;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.MetadataRefusal;
import org.openpanelmcp.transfer.CatalogReader.Unreadable;
import org.openpanelmcp.transfer.ImportReport.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Loads {@code catalog.json}: organizations, projects and clients into their tables, every other list word for word, and
 * so the fields of the known ones that have no place in their tables. An export can give back all of it.
 */
final class CatalogLoad {
    static final String FILE = "catalog.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> KNOWN = List.of("organizations", "projects", "clients");

    private final Metadata metadata;
    private final List<ImportReport.Table> reports = new ArrayList<>();

    CatalogLoad(Metadata metadata) {
        this.metadata = metadata;
    }

    /** @return one report per list; empty when the folder has no catalog */
    List<ImportReport.Table> load(Path folder) {
        var file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        var catalog = read(file);
        // Clients name projects, and projects organizations, in whatever order the file has them.
        for (var kind : KNOWN) {
            if (catalog.has(kind)) {
                loadKnown(kind, entries(catalog, kind));
            }
        }
        for (var property : catalog.properties()) {
            if (!KNOWN.contains(property.getKey())) {
                keep(property.getKey(), entries(catalog, property.getKey()));
            }
        }
        return List.copyOf(reports);
    }

    /** Ids of the projects that take events. */
    static List<String> projects(Metadata metadata) {
        var ids = new TreeSet<String>();
        for (var organization : metadata.organizations().list()) {
            for (var project : metadata.projects().list(organization.id())) {
                ids.add(project.id());
            }
        }
        return List.copyOf(ids);
    }

    private static JsonNode read(Path file) {
        JsonNode catalog;
        try {
            catalog = JSON.readTree(file.toFile());
        } catch (JacksonException exception) {
            throw new TransferProblem(
                    file + " is no valid JSON (line " + lineOf(exception)
                            + "). Mend it, or take it away to load events only.",
                    exception);
        }
        if (!catalog.isObject()) {
            throw new TransferProblem(file + " must be a JSON object with the lists organizations, projects, clients.");
        }
        return catalog;
    }

    private static int lineOf(JacksonException exception) {
        var location = exception.getLocation();
        return location == null ? 0 : location.getLineNr();
    }

    /** A value that is no list is kept as the only entry of its kind. */
    private static List<JsonNode> entries(JsonNode catalog, String kind) {
        var value = catalog.get(kind);
        if (value == null) {
            return List.of();
        }
        return value.isArray() ? List.copyOf(value.values()) : List.of(value);
    }

    private void loadKnown(String kind, List<JsonNode> entries) {
        var refusals = new LinkedHashMap<String, List<Long>>();
        var more = new ArrayList<CatalogEntry>();
        long loaded = 0;
        for (int i = 0; i < entries.size(); i++) {
            try {
                loaded += save(kind, entries.get(i)) ? 1 : 0;
                CatalogReader.unknownFields(kind, entries.get(i)).ifPresent(more::add);
            } catch (Unreadable | MetadataRefusal refusal) {
                refusals.computeIfAbsent(String.valueOf(refusal.getMessage()), reason -> new ArrayList<>())
                        .add(i + 1L);
            }
        }
        metadata.catalog().save(more);
        report(kind, entries.size(), loaded, refusals);
    }

    private boolean save(String kind, JsonNode entry) {
        return switch (kind) {
            case "organizations" -> {
                var organization = CatalogReader.organization(entry);
                var stored = metadata.organizations().find(organization.id());
                if (stored.filter(organization::equals).isPresent()) {
                    yield false;
                }
                metadata.organizations().save(organization);
                yield true;
            }
            case "projects" -> {
                var project = CatalogReader.project(entry);
                var stored = metadata.projects().find(project.id());
                if (stored.filter(project::equals).isPresent()) {
                    yield false;
                }
                if (stored.isPresent() && stored.get().deletedAt() != null) {
                    throw new Unreadable("the project " + project.id() + " was deleted here and stays deleted");
                }
                metadata.projects().save(project);
                yield true;
            }
            case "clients" -> {
                var client = CatalogReader.client(entry);
                var stored = metadata.clients().find(client.id());
                if (stored.filter(client::equals).isPresent()) {
                    yield false;
                }
                metadata.clients().save(client);
                yield true;
            }
            default -> throw new IllegalArgumentException("no table for catalog list " + kind);
        };
    }

    private void keep(String kind, List<JsonNode> entries) {
        var stored = new HashMap<String, CatalogEntry>();
        for (var entry : metadata.catalog().list()) {
            if (entry.kind().equals(kind)) {
                stored.put(entry.id(), entry);
            }
        }
        var changed = new ArrayList<CatalogEntry>();
        for (var entry : entries) {
            var kept = new CatalogEntry(kind, idOf(entry), text(entry, "projectId"), entry.toString());
            if (!kept.equals(stored.get(kept.id()))) {
                changed.add(kept);
            }
        }
        metadata.catalog().save(changed);
        report(kind, entries.size(), changed.size(), Map.of());
    }

    private void report(String kind, long read, long loaded, Map<String, List<Long>> refusals) {
        var refused = refusals.values().stream().mapToLong(List::size).sum();
        reports.add(new ImportReport.Table(
                "catalog " + kind,
                FILE,
                read,
                loaded,
                read - loaded - refused,
                0,
                0,
                refused,
                refusals.entrySet().stream()
                        .map(entry ->
                                new Refusal(entry.getKey(), entry.getValue().size(), entry.getValue()))
                        .toList()));
    }

    /** The entry's own id; else project and name, which tell event meta apart; else a digest of all of it. */
    private static String idOf(JsonNode entry) {
        if (!text(entry, "id").isEmpty()) {
            return text(entry, "id");
        }
        if (!text(entry, "name").isEmpty()) {
            return text(entry, "projectId") + ":" + text(entry, "name");
        }
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(entry.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every Java has SHA-256", exception);
        }
    }

    private static String text(JsonNode entry, String field) {
        var value = entry.get(field);
        return value != null && value.isString() ? value.asString() : "";
    }
}
