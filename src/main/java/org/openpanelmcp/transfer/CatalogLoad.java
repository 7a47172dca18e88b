package org.openpanelmcp.transfer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.openpanelmcp.metadata.CatalogEntry;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.MetadataRefusal;
import org.openpanelmcp.metadata.TrackingRules;
import org.openpanelmcp.transfer.CatalogReader.Unreadable;
import org.openpanelmcp.transfer.ImportReport.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * Loads a catalog: organizations, projects and clients into their tables, every other list word for word, and so the
 * fields of the known ones that have no place in their tables. An export can give back all of it.
 *
 * <p>Deletions and revocations win: what was deleted or revoked here stays so, and those of the catalog are carried out.
 */
final class CatalogLoad {
    /**
     * Clients name projects, and projects organizations, in whatever order the file has them. Revocations come before the
     * clients that they forbid.
     */
    static final List<String> KNOWN = List.of("organizations", "projects", "revokedClients", "clients");

    private final Metadata metadata;
    private final List<ImportReport.Table> reports = new ArrayList<>();
    private final Set<String> deletedOrganizations = new HashSet<>();
    private final Set<String> projects = new TreeSet<>();

    CatalogLoad(Metadata metadata) {
        this.metadata = metadata;
        metadata.organizations()
                .deleted()
                .forEach(deleted ->
                        deletedOrganizations.add(deleted.organization().id()));
        for (var organization : metadata.organizations().list()) {
            metadata.projects().list(organization.id()).forEach(project -> projects.add(project.id()));
        }
    }

    /** @return one report per list */
    List<ImportReport.Table> load(JsonNode catalog) {
        for (var kind : KNOWN) {
            if (catalog.has(kind)) {
                loadKnown(kind, CatalogFile.entries(catalog, kind));
            }
        }
        for (var property : catalog.properties()) {
            if (!KNOWN.contains(property.getKey()) && !property.getKey().equals(CatalogFile.FORMAT_VERSION)) {
                keep(property.getKey(), property.getValue());
            }
        }
        return List.copyOf(reports);
    }

    /** Ids of the projects that take events, with those of the catalog when it was loaded. */
    List<String> projects() {
        return List.copyOf(projects);
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

    /** @return false when it was there already */
    private boolean save(String kind, JsonNode entry) {
        return switch (kind) {
            case "organizations" -> saveOrganization(entry);
            case "projects" -> saveProject(entry);
            case "revokedClients" -> metadata.clients().revoke(CatalogReader.revokedClient(entry));
            case "clients" -> saveClient(entry);
            default -> throw new IllegalArgumentException("no table for catalog list " + kind);
        };
    }

    private boolean saveOrganization(JsonNode entry) {
        var organization = CatalogReader.organization(entry);
        var deletedAt = CatalogReader.deletedAt(entry);
        if (deletedOrganizations.contains(organization.id())) {
            if (deletedAt == null) {
                throw new Unreadable("the organization " + organization.id() + " was deleted here and stays deleted");
            }
            return false;
        }
        var stored = metadata.organizations().find(organization.id());
        if (deletedAt == null && stored.filter(organization::equals).isPresent()) {
            return false;
        }
        metadata.organizations().save(organization);
        if (deletedAt != null) {
            metadata.organizations().delete(organization.id(), deletedAt);
            deletedOrganizations.add(organization.id());
            metadata.projects().list(organization.id()).forEach(project -> projects.remove(project.id()));
        }
        return true;
    }

    private boolean saveProject(JsonNode entry) {
        var project = CatalogReader.project(entry);
        var stored = metadata.projects().find(project.id());
        if (stored.isPresent() && stored.get().deletedAt() != null) {
            if (project.deletedAt() == null) {
                throw new Unreadable("the project " + project.id() + " was deleted here and stays deleted");
            }
            return false;
        }
        if (stored.filter(project::equals).isPresent()) {
            return saveTracking(entry, project.id());
        }
        metadata.projects().save(project);
        if (project.deletedAt() != null) {
            projects.remove(project.id());
        } else if (!deletedOrganizations.contains(project.organizationId())) {
            projects.add(project.id());
        }
        saveTracking(entry, project.id());
        return true;
    }

    /** @return false when it was so already, or the entry says nothing of it */
    private boolean saveTracking(JsonNode entry, String projectId) {
        var before = metadata.tracking().find(projectId);
        var rules = CatalogReader.tracking(entry, before.orElse(TrackingRules.NONE));
        if (rules.isEmpty() || rules.equals(before)) {
            return false;
        }
        metadata.tracking().save(projectId, rules.get());
        return true;
    }

    private boolean saveClient(JsonNode entry) {
        var client = CatalogReader.client(entry);
        boolean known =
                metadata.clients().find(client.id()).filter(client::equals).isPresent();
        if (!known) {
            metadata.clients().save(client);
        }
        var open = entry.get("ignoreCorsAndSecret");
        if (open == null || open.asBoolean(false) == metadata.tracking().isOpen(client.id())) {
            return !known;
        }
        metadata.tracking().setOpen(client.id(), open.asBoolean(false));
        return true;
    }

    private void keep(String kind, JsonNode value) {
        var stored = new HashMap<String, CatalogEntry>();
        for (var entry : metadata.catalog().list()) {
            if (entry.kind().equals(kind)) {
                stored.put(entry.id(), entry);
            }
        }
        var changed = KeptEntries.of(kind, value).stream()
                .filter(kept -> !kept.equals(stored.get(kept.id())))
                .toList();
        metadata.catalog().save(changed);
        var read = value.isArray() ? value.size() : 1;
        report(kind, read, Math.min(read, changed.size()), Map.of());
    }

    private void report(String kind, long read, long loaded, Map<String, List<Long>> refusals) {
        var refused = refusals.values().stream().mapToLong(List::size).sum();
        reports.add(new ImportReport.Table(
                "catalog " + kind,
                CatalogFile.NAME,
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
}
