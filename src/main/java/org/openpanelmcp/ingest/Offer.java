package org.openpanelmcp.ingest;

import org.jspecify.annotations.Nullable;

/**
 * An entry before the intake.
 *
 * @param entry what is to be kept
 * @param retry by what a repetition is known; null: the sender cannot repeat it
 */
public record Offer(Entry entry, @Nullable Retry retry) {

    /**
     * By what a repetition of a request is known: the second offer of the same key within the window is answered like the
     * first and changes nothing.
     *
     * @param key a digest that holds the project and what makes the request the same; no personal data
     * @param windowMillis how long it is remembered: a day, or the tenth of a second of the reference's rule
     */
    public record Retry(String key, long windowMillis) {}
}
