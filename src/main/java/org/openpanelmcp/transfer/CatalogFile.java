package org.openpanelmcp.transfer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openpanelmcp.text.Quoted;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The file {@code catalog.json} of a transfer folder. */
final class CatalogFile {
    static final String NAME = "catalog.json";

    /** Says how the folder is to be read; a folder without it is read as the first format. */
    static final String FORMAT_VERSION = "formatVersion";

    /** The format that is written, and the newest one that is understood. */
    static final int FORMAT = 1;

    /** Numbers keep all their digits. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private CatalogFile() {}

    /**
     * Reads the file; empty when the folder has none.
     *
     * @throws TransferProblem when it is no JSON object, or of a newer format
     */
    static Optional<JsonNode> read(Path folder) {
        var file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
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
        checkFormat(file, catalog.get(FORMAT_VERSION));
        return Optional.of(catalog);
    }

    /** The entries of a list; a value that is no list is its only entry. */
    static List<JsonNode> entries(JsonNode catalog, String kind) {
        var value = catalog.get(kind);
        if (value == null) {
            return List.of();
        }
        return value.isArray() ? List.copyOf(value.values()) : List.of(value);
    }

    private static void checkFormat(Path file, JsonNode format) {
        if (format == null) {
            return;
        }
        if (!format.isIntegralNumber() || format.bigIntegerValue().signum() <= 0) {
            throw new TransferProblem("%s has the formatVersion %s; it must be a whole number from 1 to %d."
                    .formatted(file, Quoted.shortened(format.toString()), FORMAT));
        }
        if (!format.canConvertToInt() || format.intValue() > FORMAT) {
            throw new TransferProblem(
                    "%s has the formatVersion %s, from a newer version of this program; this one reads up to %d. Update it, then import again. Nothing was loaded."
                            .formatted(file, Quoted.shortened(format.toString()), FORMAT));
        }
    }

    private static int lineOf(JacksonException exception) {
        var location = exception.getLocation();
        return location == null ? 0 : location.getLineNr();
    }
}
