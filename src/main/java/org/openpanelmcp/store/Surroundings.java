package org.openpanelmcp.store;

import org.jspecify.annotations.Nullable;

/** Where on earth and with what, as the columns that events and sessions share. */
public record Surroundings(Place place, Agent agent) {
    /** Where on earth. */
    public record Place(
            String country,
            String region,
            String city,
            @Nullable Float longitude,
            @Nullable Float latitude) {}

    /** With what. */
    public record Agent(
            String os,
            String osVersion,
            String browser,
            String browserVersion,
            String device,
            String brand,
            String model) {}
}
