package org.openpanelmcp.ingest.write;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers in properties, which are texts. */
public final class Quantity {
    /** No exponents: a few characters of those make a number that fills the memory. */
    private static final Pattern PLAIN = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{0,40})?");

    private Quantity() {}

    /** The number, if the text is one. */
    public static Optional<BigDecimal> of(String text) {
        var trimmed = text.trim();
        return PLAIN.matcher(trimmed).matches() ? Optional.of(new BigDecimal(trimmed)) : Optional.empty();
    }
}
