package org.openpanelmcp.transfer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.openpanelmcp.metadata.CatalogEntry;
import tools.jackson.databind.JsonNode;

/** Lists of a catalog that have no table of their own: how they are kept word for word, and given back. */
final class KeptEntries {
    /** The id of a value that is no list, or an empty one: the value itself. */
    private static final String WHOLE = "";

    private KeptEntries() {}

    /** What to keep of {@code "kind": value}. */
    static List<CatalogEntry> of(String kind, JsonNode value) {
        if (!value.isArray() || value.isEmpty()) {
            return List.of(new CatalogEntry(kind, WHOLE, "", value.toString()));
        }
        var uses = value.valueStream().collect(Collectors.groupingBy(KeptEntries::idOf, Collectors.counting()));
        var entries = new ArrayList<CatalogEntry>();
        for (var entry : value) {
            var id = idOf(entry);
            // Two entries with one id, such as in two projects, must not replace each other.
            var unique = uses.getOrDefault(id, 0L) > 1 ? id + "#" + digest(entry) : id;
            entries.add(new CatalogEntry(kind, unique, text(entry, "projectId"), entry.toString()));
        }
        return entries;
    }

    /** The value that was kept as the entries of one kind. */
    static JsonNode value(List<CatalogEntry> entries) {
        var listed = entries.stream().filter(entry -> !entry.id().equals(WHOLE)).toList();
        if (listed.isEmpty()) {
            return CatalogFile.JSON.readTree(entries.getFirst().json());
        }
        var list = CatalogFile.JSON.createArrayNode();
        listed.forEach(entry -> list.add(CatalogFile.JSON.readTree(entry.json())));
        return list;
    }

    /** The entry's own id; else project and name, which tell event meta apart; else a digest of all of it. */
    private static String idOf(JsonNode entry) {
        if (!text(entry, "id").isEmpty()) {
            return text(entry, "id");
        }
        if (!text(entry, "name").isEmpty()) {
            return text(entry, "projectId") + ":" + text(entry, "name");
        }
        return digest(entry);
    }

    private static String digest(JsonNode entry) {
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
