package org.openpanelmcp.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.metadata.CatalogEntry;
import org.openpanelmcp.metadata.Client;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.metadata.RevokedClient;
import org.openpanelmcp.metadata.Tracking;
import org.openpanelmcp.metadata.TrackingRules;
import org.openpanelmcp.text.Nearest;
import tools.jackson.databind.node.ObjectNode;

/** What an export says of organizations, projects, clients and everything that was kept word for word. */
final class CatalogWriter {
    private final Tracking tracking;
    private final List<CatalogEntry> kept;
    private final Map<String, Map<String, String>> furtherFields;
    private final Map<String, Map<String, ObjectNode>> entries = new TreeMap<>();
    private final TreeSet<String> projects = new TreeSet<>();
    private final TreeSet<String> deletedProjects = new TreeSet<>();
    private final boolean whole;

    private CatalogWriter(Tracking tracking, List<CatalogEntry> kept, boolean whole) {
        this.tracking = tracking;
        this.kept = kept;
        this.furtherFields = kept.stream()
                .collect(Collectors.groupingBy(
                        CatalogEntry::kind, Collectors.toMap(CatalogEntry::id, CatalogEntry::json)));
        this.whole = whole;
        CatalogLoad.KNOWN.forEach(kind -> entries.put(kind, new TreeMap<>()));
    }

    /**
     * Reads what is to be exported, as it is at one moment.
     *
     * @param only ids of projects; empty for the whole installation
     * @throws TransferProblem when there is no such project
     */
    static CatalogWriter read(Metadata metadata, List<String> only) {
        // Nobody else writes during a rehearsal.
        return metadata.rehearse(() -> {
            var writer =
                    new CatalogWriter(metadata.tracking(), metadata.catalog().list(), only.isEmpty());
            if (only.isEmpty()) {
                writer.addAll(metadata);
            } else {
                only.forEach(id -> writer.addProject(metadata, id));
            }
            return writer;
        });
    }

    /** Ids of the projects whose rows belong to the export. */
    List<String> projects() {
        return List.copyOf(projects);
    }

    /** How many entries of a kind are written. */
    Map<String, Integer> counts() {
        return entries.entrySet().stream()
                .filter(list -> !list.getValue().isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, list -> list.getValue().size(), (one, other) -> one, TreeMap::new));
    }

    void write(Path file) throws IOException {
        var catalog = CatalogFile.JSON.createObjectNode();
        catalog.put(CatalogFile.FORMAT_VERSION, CatalogFile.FORMAT);
        for (var kind : CatalogLoad.KNOWN) {
            var list = catalog.putArray(kind);
            entries.getOrDefault(kind, Map.of()).values().forEach(list::add);
        }
        var others = new TreeMap<String, List<CatalogEntry>>();
        for (var entry : kept) {
            if (isListOfItsOwn(entry)) {
                others.computeIfAbsent(entry.kind(), kind -> new ArrayList<>()).add(entry);
            }
        }
        others.forEach((kind, list) -> catalog.set(kind, KeptEntries.value(list)));
        Files.writeString(
                file, CatalogFile.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(catalog) + "\n");
    }

    private boolean isListOfItsOwn(CatalogEntry entry) {
        return !CatalogLoad.KNOWN.contains(entry.kind())
                && !entry.kind().equals(CatalogFile.FORMAT_VERSION)
                && (whole ? !deletedProjects.contains(entry.projectId()) : projects.contains(entry.projectId()));
    }

    private void addAll(Metadata metadata) {
        for (var deleted : metadata.organizations().deleted()) {
            var id = deleted.organization().id();
            add("organizations", id, json(deleted.organization()))
                    .put("deletedAt", deleted.deletedAt().toString());
            metadata.projects().list(id).forEach(project -> deletedProjects.add(project.id()));
            metadata.projects().deleted(id).forEach(project -> deletedProjects.add(project.id()));
        }
        for (var organization : metadata.organizations().list()) {
            add("organizations", organization.id(), json(organization));
            metadata.projects().list(organization.id()).forEach(this::add);
            metadata.clients().list(organization.id()).forEach(this::add);
            for (var project : metadata.projects().deleted(organization.id())) {
                add("projects", project.id(), json(project));
                deletedProjects.add(project.id());
            }
        }
        metadata.clients().revoked().forEach(this::add);
    }

    /** Root clients stay out: they may read more than the project. */
    private void addProject(Metadata metadata, String id) {
        var project = metadata.projects()
                .find(id)
                .filter(found -> found.deletedAt() == null)
                .orElseThrow(() -> unknown(metadata, id));
        var organization =
                metadata.organizations().find(project.organizationId()).orElseThrow(() -> unknown(metadata, id));
        add("organizations", organization.id(), json(organization));
        add(project);
        metadata.clients().list(organization.id()).stream()
                .filter(client -> id.equals(client.projectId()))
                .forEach(this::add);
        metadata.clients().revoked().stream()
                .filter(client -> id.equals(client.projectId()))
                .forEach(this::add);
    }

    private static TransferProblem unknown(Metadata metadata, String id) {
        var known = new CatalogLoad(metadata).projects();
        var advice = Nearest.to(id, known)
                .map("Did you mean '%s'?"::formatted)
                .orElse("'project list' shows those that exist.");
        return new TransferProblem("There is no project '%s'. %s".formatted(id, advice));
    }

    private void add(Project project) {
        var entry = add("projects", project.id(), json(project));
        tracking.find(project.id()).ifPresent(rules -> addTracking(entry, rules));
        projects.add(project.id());
    }

    /** Goes before the words of the catalog that was loaded: it may have been changed since. */
    private static void addTracking(ObjectNode entry, TrackingRules rules) {
        var origins = entry.putArray("cors");
        rules.origins().forEach(origins::add);
        if (entry.has("filters") || !rules.filtersJson().equals("[]")) {
            entry.set("filters", CatalogFile.JSON.readTree(rules.filtersJson()));
        }
        if (entry.has("allowUnsafeRevenueTracking") || rules.unsafeRevenue()) {
            entry.put("allowUnsafeRevenueTracking", rules.unsafeRevenue());
        }
    }

    private void add(Client client) {
        var entry = add("clients", client.id(), json(client));
        if (entry.has("ignoreCorsAndSecret") || tracking.isOpen(client.id())) {
            entry.put("ignoreCorsAndSecret", tracking.isOpen(client.id()));
        }
    }

    private void add(RevokedClient client) {
        var json = CatalogFile.JSON.createObjectNode();
        json.put("id", client.id());
        json.put("organizationId", client.organizationId());
        json.put("projectId", client.projectId());
        json.put("revokedAt", client.revokedAt().toString());
        add("revokedClients", client.id(), json);
    }

    /** Adds the entry with the fields that were kept of it. */
    private ObjectNode add(String kind, String id, ObjectNode entry) {
        var further = furtherFields.getOrDefault(kind, Map.of()).get(id);
        if (further != null) {
            CatalogFile.JSON
                    .readTree(further)
                    .properties()
                    .forEach(field -> entry.putIfAbsent(field.getKey(), field.getValue()));
        }
        entries.getOrDefault(kind, Map.of()).put(id, entry);
        return entry;
    }

    private static ObjectNode json(Organization organization) {
        var json = CatalogFile.JSON.createObjectNode();
        json.put("id", organization.id());
        json.put("name", organization.name());
        json.put("timezone", organization.zone().getId());
        json.put("createdAt", organization.createdAt().toString());
        return json;
    }

    private static ObjectNode json(Project project) {
        var json = CatalogFile.JSON.createObjectNode();
        json.put("id", project.id());
        json.put("name", project.name());
        json.put("organizationId", project.organizationId());
        json.put("domain", project.domain());
        var types = json.putArray("types");
        project.types().forEach(types::add);
        json.put("timezone", textOf(project.zone()));
        json.put("createdAt", project.createdAt().toString());
        if (project.deletedAt() != null) {
            json.put("deletedAt", textOf(project.deletedAt()));
        }
        return json;
    }

    private static ObjectNode json(Client client) {
        var json = CatalogFile.JSON.createObjectNode();
        json.put("id", client.id());
        json.put("name", client.name());
        json.put("type", client.type().name().toLowerCase(Locale.ROOT));
        json.put("organizationId", client.organizationId());
        json.put("projectId", client.projectId());
        json.put("secretHash", client.secretHash());
        json.put("createdAt", client.createdAt().toString());
        return json;
    }

    private static @Nullable String textOf(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
