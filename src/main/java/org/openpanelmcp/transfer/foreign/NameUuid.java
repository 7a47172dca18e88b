package org.openpanelmcp.transfer.foreign;

import java.util.UUID;
import org.openpanelmcp.text.NamedUuid;

/** Ids made from names: the same file gives the same ids every time. */
final class NameUuid {
    /** A random UUID of our own. */
    private static final UUID NAMESPACE = UUID.fromString("7f0c6a52-1f0e-4b3c-9a67-0d9e3e5b8c14");

    private NameUuid() {}

    static UUID of(String... parts) {
        return NamedUuid.of(NAMESPACE, String.join("\n", parts));
    }

    /** The id given, if it is a UUID; else one made from it. */
    static UUID orOf(String id, String... scope) {
        if (id.length() == 36) {
            try {
                return UUID.fromString(id);
            } catch (IllegalArgumentException noUuid) {
                return of(String.join("\n", scope), id);
            }
        }
        return of(String.join("\n", scope), id);
    }
}
