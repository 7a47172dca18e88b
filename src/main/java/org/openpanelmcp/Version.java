package org.openpanelmcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this program, as the build writes it into the jar. */
final class Version {
    private Version() {}

    static String current() {
        try (var stream =
                Version.class.getResourceAsStream("/META-INF/maven/org.openpanelmcp/openpanel-mcp/pom.properties")) {
            var properties = new Properties();
            if (stream != null) {
                properties.load(stream);
            }
            return properties.getProperty("version", "(not packaged)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
