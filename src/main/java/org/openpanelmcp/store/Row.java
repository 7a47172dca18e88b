package org.openpanelmcp.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The current row of an answer; columns are named by their alias. Valid only while it is being mapped. */
public interface Row {
    /** Null becomes the empty text. */
    String text(String column);

    /** Absent when null. */
    Optional<String> optionalText(String column);

    /** Null becomes 0. */
    long whole(String column);

    /** Absent when null. */
    OptionalDouble fraction(String column);

    boolean truth(String column);

    /** Absent when null. */
    Optional<Instant> instant(String column);

    /** Null becomes the empty list. */
    List<String> texts(String column);

    /** Null becomes the empty map; keys in the order of the engine. */
    Map<String, String> map(String column);
}
