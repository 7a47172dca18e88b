package org.openpanelmcp.metadata.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * One numbered change of the tables. A published one is never edited: its checksum is kept in every database.
 *
 * @param number 1 for the first, without gaps
 */
record Migration(int number, String name, String sql) {
    private static final Pattern FILE_NAME = Pattern.compile("V(\\d{3})__([a-z0-9_]+)\\.sql");

    /** Reads {@code V001__some_name.sql} beside this class. */
    static Migration fromResource(String fileName) {
        var parts = FILE_NAME.matcher(fileName);
        if (!parts.matches()) {
            throw new IllegalArgumentException("A migration is named V001__some_name.sql, not " + fileName);
        }
        try (var stream = Migration.class.getResourceAsStream(fileName)) {
            if (stream == null) {
                throw new IllegalArgumentException("There is no migration " + fileName);
            }
            var sql = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new Migration(Integer.parseInt(parts.group(1)), parts.group(2), sql);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 of the script, the same whatever line ends a checkout has. */
    String checksum() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(sql.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
