package org.openpanelmcp.metadata;

import java.time.LocalDate;

/** The random texts that make device ids: one a day. Without them, ids of past days can be made of no address again. */
public interface Salts {
    /**
     * The salt of the day and the one before it. Whoever asks first, in whatever process, makes the day's; what is older
     * than the two is deleted.
     *
     * @param day in UTC; one before the newest salt's, as after a jump of the clock, gets the newest two
     */
    Pair of(LocalDate day);

    /** Two texts of 32 hexadecimal digits. */
    record Pair(String current, String previous) {}
}
