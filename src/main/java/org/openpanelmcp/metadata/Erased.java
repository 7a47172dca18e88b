package org.openpanelmcp.metadata;

/** Who was deleted: a person by the profile's id, or what nobody in particular did on a device. */
public record Erased(Kind kind, String projectId, String id) {
    /** What the id names. */
    public enum Kind {
        PROFILE,
        DEVICE
    }
}
