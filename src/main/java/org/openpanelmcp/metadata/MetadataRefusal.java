package org.openpanelmcp.metadata;

/** An entry that cannot be kept as it is; the message names the field, the value and what is allowed. */
public final class MetadataRefusal extends RuntimeException {
    public MetadataRefusal(String message) {
        super(message);
    }
}
