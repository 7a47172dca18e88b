package org.openpanelmcp.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as it is stored.
 *
 * @param opening what its first event told
 * @param touchedAt when its last event came in; null once its end is recorded, and for an imported one
 * @param marks which of its events gave it its values; empty for an imported one
 * @param version how often it was written
 */
public record SessionRow(
        RowKey key,
        String deviceId,
        String profileId,
        List<String> groups,
        long startedAt,
        long endedAt,
        Page entry,
        Page exit,
        Counts counts,
        Opening opening,
        @Nullable Long touchedAt,
        String marks,
        long version) {
    /** A page, as its two columns. */
    public record Page(String origin, String path) {}

    /** What is summed over its events. */
    public record Counts(int screenViews, int otherEvents, long revenue) {
        public boolean isBounce() {
            return screenViews <= 1;
        }
    }

    /** The campaign, from the address of the first event. */
    public record Campaign(String medium, String source, String campaign, String content, String term) {}

    /** What the first event told. */
    public record Opening(Surroundings surroundings, Campaign campaign, Source source) {}
}
