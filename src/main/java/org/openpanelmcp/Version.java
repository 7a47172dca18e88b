package org.openpanelmcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.openpanelmcp.mcp.Offering;

/** Which version of the program this is; the build writes it into a resource. */
final class Version {
    private static final String CURRENT = read();
    static final Offering.Identity IDENTITY =
            new Offering.Identity("openpanel-mcp", "openpanel-mcp analytics", CURRENT);

    private Version() {}

    static String current() {
        return CURRENT;
    }

    private static String read() {
        try (var resource = Version.class.getResourceAsStream("version.properties")) {
            if (resource == null) {
                throw new IllegalStateException("the build left out version.properties");
            }
            var properties = new Properties();
            properties.load(resource);
            return properties.getProperty("version", "");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
