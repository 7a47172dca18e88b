package org.openpanelmcp.transfer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.metadata.CatalogEntry;
import org.openpanelmcp.metadata.Client;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.metadata.RevokedClient;
import org.openpanelmcp.metadata.TrackingRules;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the catalog's known entries. */
final class CatalogReader {
    private static final Set<String> ORGANIZATION = Set.of("id", "name", "timezone", "createdAt", "deletedAt");
    private static final Set<String> PROJECT =
            Set.of("id", "name", "organizationId", "domain", "types", "timezone", "createdAt", "deletedAt");
    private static final Set<String> CLIENT =
            Set.of("id", "name", "type", "organizationId", "projectId", "secretHash", "createdAt");
    private static final Set<String> REVOKED_CLIENT = Set.of("id", "organizationId", "projectId", "revokedAt");

    private CatalogReader() {}

    /** An entry that lacks something or says what cannot be. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    static Organization organization(JsonNode entry) {
        var id = required(entry, "id");
        var zone = zone(entry);
        return new Organization(
                id, orElse(optional(entry, "name"), id), zone == null ? ZoneId.of("UTC") : zone, createdAt(entry));
    }

    static Project project(JsonNode entry) {
        var id = required(entry, "id");
        var types = new ArrayList<String>();
        var listed = entry.get("types");
        if (listed != null && listed.isArray()) {
            listed.values().forEach(type -> types.add(type.asString()));
        }
        return new Project(
                id,
                required(entry, "organizationId"),
                orElse(optional(entry, "name"), id),
                optional(entry, "domain"),
                types,
                zone(entry),
                createdAt(entry),
                deletedAt(entry));
    }

    /** When the organization or project was deleted; null: it was not. */
    static @Nullable Instant deletedAt(JsonNode entry) {
        var text = optional(entry, "deletedAt");
        return text == null ? null : instant("deletedAt", text);
    }

    static Client client(JsonNode entry) {
        var id = required(entry, "id");
        var type = type(required(entry, "type"));
        var project = optional(entry, "projectId");
        if (project == null && type != Client.Type.ROOT) {
            throw new Unreadable("projectId is missing: a " + type.name().toLowerCase(Locale.ROOT)
                    + " client belongs to one project");
        }
        return new Client(
                id,
                orElse(optional(entry, "name"), id),
                type,
                required(entry, "organizationId"),
                type == Client.Type.ROOT ? null : project,
                optional(entry, "secretHash"),
                createdAt(entry));
    }

    /** What a project's entry says of tracking, over what is known already; empty when it says nothing of it. */
    static Optional<TrackingRules> tracking(JsonNode entry, TrackingRules before) {
        var origins = entry.get("cors");
        var filters = entry.get("filters");
        var revenue = entry.get("allowUnsafeRevenueTracking");
        if (origins == null && filters == null && revenue == null) {
            return Optional.empty();
        }
        if (filters != null && !filters.isNull() && !filters.isArray()) {
            throw new Unreadable("filters is no list");
        }
        return Optional.of(new TrackingRules(
                origins == null ? before.origins() : texts("cors", origins),
                revenue == null ? before.unsafeRevenue() : revenue.asBoolean(false),
                filters == null || filters.isNull() ? before.filtersJson() : filters.toString()));
    }

    private static List<String> texts(String field, JsonNode list) {
        if (!list.isArray() && !list.isNull()) {
            throw new Unreadable(field + " is no list");
        }
        return list.values().stream()
                .map(value -> value.asStringOpt().orElse("").strip())
                .filter(value -> !value.isEmpty())
                .toList();
    }

    static RevokedClient revokedClient(JsonNode entry) {
        var revokedAt = optional(entry, "revokedAt");
        return new RevokedClient(
                required(entry, "id"),
                required(entry, "organizationId"),
                optional(entry, "projectId"),
                revokedAt == null ? Instant.EPOCH : instant("revokedAt", revokedAt));
    }

    /** What the entry says beyond the known fields, to be kept for an export. */
    static Optional<CatalogEntry> unknownFields(String kind, JsonNode entry) {
        var known = switch (kind) {
            case "organizations" -> ORGANIZATION;
            case "projects" -> PROJECT;
            case "revokedClients" -> REVOKED_CLIENT;
            default -> CLIENT;
        };
        ObjectNode more = CatalogFile.JSON.createObjectNode();
        for (var property : entry.properties()) {
            if (!known.contains(property.getKey())) {
                more.set(property.getKey(), property.getValue());
            }
        }
        if (more.isEmpty()) {
            return Optional.empty();
        }
        var project = kind.equals("projects") ? required(entry, "id") : orElse(optional(entry, "projectId"), "");
        return Optional.of(new CatalogEntry(kind, required(entry, "id"), project, more.toString()));
    }

    private static Client.Type type(String text) {
        for (var type : Client.Type.values()) {
            if (type.name().equalsIgnoreCase(text)) {
                return type;
            }
        }
        throw new Unreadable("the type '" + text + "' is none of read, write, root");
    }

    private static @Nullable ZoneId zone(JsonNode entry) {
        var text = optional(entry, "timezone");
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException exception) {
            throw new Unreadable("the timezone '" + text + "' is no time zone such as Europe/Stockholm");
        }
    }

    private static Instant createdAt(JsonNode entry) {
        var text = optional(entry, "createdAt");
        return text == null ? Instant.EPOCH : instant("createdAt", text);
    }

    private static Instant instant(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException exception) {
            throw new Unreadable("the value '" + text + "' of " + field + " is no time such as 2026-01-31T12:00:00Z");
        }
    }

    private static String required(JsonNode entry, String field) {
        var value = optional(entry, field);
        if (value == null || value.isEmpty()) {
            throw new Unreadable(field + " is missing");
        }
        return value;
    }

    private static @Nullable String optional(JsonNode entry, String field) {
        var value = entry.get(field);
        return value == null || value.isNull() ? null : value.asString();
    }

    private static String orElse(@Nullable String text, String other) {
        return text == null ? other : text;
    }
}
