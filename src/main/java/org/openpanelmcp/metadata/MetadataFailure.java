package org.openpanelmcp.metadata;

/** The metadata cannot be opened, read or written; the message is for the operator, never for a caller over HTTP. */
public final class MetadataFailure extends RuntimeException {
    public MetadataFailure(String message) {
        super(message);
    }

    public MetadataFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
