package org.openpanelmcp.metadata;

import java.util.Set;

/** What of whom is deleted, at one moment. Safe for several threads. */
public interface Marks {
    /** The number of the latest deletion; 0 when there never was one. */
    long number();

    /** The projects of which anybody was deleted. */
    Set<String> projects();

    /** What happened later in the project is nobody's who was deleted; epoch milliseconds. */
    long latest(String projectId);

    /** Up to when what has this name is deleted, epoch milliseconds; {@code Long.MIN_VALUE} when it is not. */
    long erasedUntil(Erased name);
}
