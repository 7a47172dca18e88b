package org.openpanelmcp.tool;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.ProjectScope;

/**
 * The pages on which people see the same projects: those of an OpenPanel dashboard.
 *
 * @param url without a slash at the end; null when there is none
 */
public record Dashboard(@Nullable String url) {
    public static final Dashboard NONE = new Dashboard(null);

    Optional<Pages> of(ProjectScope scope) {
        return Optional.ofNullable(url)
                .map(base ->
                        new Pages(base + "/" + segment(scope.organizationId()) + "/" + segment(scope.projectId())));
    }

    /** The pages of one project. */
    public record Pages(String overview) {
        /** A page such as {@code events}. */
        public String page(String name) {
            return overview + "/" + segment(name);
        }

        /** The page of one thing, such as a profile; its id may hold any character. */
        public String page(String name, String id) {
            return page(name) + "/" + segment(id);
        }
    }

    /** One segment of a path: no character of it can end the segment or climb out of it. */
    private static String segment(String text) {
        var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        boolean climbs = encoded.equals(".") || encoded.equals("..");
        return climbs ? encoded.replace(".", "%2E") : encoded;
    }
}
