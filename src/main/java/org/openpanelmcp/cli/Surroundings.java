package org.openpanelmcp.cli;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * What commands find around them.
 *
 * @param environment the environment variables
 * @param version of this program
 */
public record Surroundings(Map<String, String> environment, InstantSource clock, String version) {
    /** Now, to the millisecond, as the metadata keep it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
