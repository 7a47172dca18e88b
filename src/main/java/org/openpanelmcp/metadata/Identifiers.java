package org.openpanelmcp.metadata;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What ids look like, in one place. */
public final class Identifiers {
    /**
     * First path segments that belong to the server. The console lives under {@code /{organization}/}, so no
     * organization may carry one of these as its id.
     */
    public static final Set<String> RESERVED = Set.of(
            ".well-known",
            "admin",
            "api",
            "assets",
            "event",
            "export",
            "favicon.ico",
            "healthcheck",
            "healthz",
            "import",
            "insights",
            "invite",
            "login",
            "logout",
            "manage",
            "mcp",
            "metrics",
            "op1.js",
            "openapi.json",
            "profile",
            "register",
            "robots.txt",
            "settings",
            "setup",
            "share",
            "static",
            "track",
            "webhook",
            "well-known");

    /** What a project may be. */
    public static final List<String> PROJECT_TYPES = List.of("website", "app", "backend");

    private static final int LONGEST_SLUG = 64;
    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9._-]{0," + (LONGEST_SLUG - 1) + "}");
    private static final Pattern CLIENT_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Identifiers() {}

    /** @throws MetadataRefusal when the id is no slug, or shadows a route */
    public static void checkOrganizationId(String id) {
        checkSlug("Organization", id);
        if (RESERVED.contains(id)) {
            throw new MetadataRefusal(
                    "Organization id '%s' is an address of the server itself. Choose another, for example '%s-1'."
                            .formatted(id, id));
        }
    }

    /** @throws MetadataRefusal when the id is no slug */
    public static void checkProjectId(String id) {
        checkSlug("Project", id);
    }

    /** @throws MetadataRefusal when the id is no lower-case UUID */
    public static void checkClientId(String id) {
        if (!isClientId(id)) {
            throw new MetadataRefusal(
                    "Client id '%s' is not a lower-case UUID such as 0b6d3a52-5c1e-4f0e-9d8b-3f1c2a7e4d90."
                            .formatted(id));
        }
    }

    /** True for 8-4-4-4-12 lower-case hexadecimal digits. */
    public static boolean isClientId(String id) {
        return CLIENT_ID.matcher(id).matches();
    }

    /** @throws MetadataRefusal when one is none of {@link #PROJECT_TYPES} */
    public static void checkProjectTypes(List<String> types) {
        for (var type : types) {
            if (!PROJECT_TYPES.contains(type)) {
                throw new MetadataRefusal("Project type '%s' is not known. Allowed: %s."
                        .formatted(type, String.join(", ", PROJECT_TYPES)));
            }
        }
    }

    private static void checkSlug(String what, String id) {
        if (SLUG.matcher(id).matches()) {
            return;
        }
        var near = slugOf(id);
        throw new MetadataRefusal(
                "%s id '%s' is not allowed: use 1 to %d lower-case letters, digits, '-', '_' or '.', beginning with a letter or digit%s."
                        .formatted(what, id, LONGEST_SLUG, near.isEmpty() ? "" : ", for example '" + near + "'"));
    }

    private static String slugOf(String text) {
        var slug = text.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._-]+", "-")
                .replaceAll("^[^a-z0-9]+|[^a-z0-9]+$", "");
        return slug.length() > LONGEST_SLUG ? slug.substring(0, LONGEST_SLUG) : slug;
    }
}
