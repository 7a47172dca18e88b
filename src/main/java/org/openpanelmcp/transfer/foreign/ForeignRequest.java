package org.openpanelmcp.transfer.foreign;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What is to be imported.
 *
 * @param file a file, an archive or a folder
 * @param projectZone in which the project's days begin; the report's days
 * @param timezone of the file's dates and of its times without an offset; null for the product's usual one
 * @param website which of several websites in the file; null when it holds one
 */
public record ForeignRequest(
        Product product,
        Path file,
        String projectId,
        ZoneId projectZone,
        @Nullable ZoneId timezone,
        @Nullable String website,
        Instant now) {}
