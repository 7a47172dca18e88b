package org.openpanelmcp.analytics.engagement;

import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.TimeRange;

/** How many days a question about active people may cover. */
final class LongestRange {
    private static final int MOST_DAYS = 800;

    private LongestRange() {}

    static TimeRange checked(TimeRange range) throws BadValue {
        if (range.days() > MOST_DAYS) {
            throw new BadValue(
                    "startDate",
                    "The range has " + range.days() + " days; at most " + MOST_DAYS + " are allowed. Ask for a shorter"
                            + " range, or for several.");
        }
        return range;
    }
}
