package org.openpanelmcp.metadata;

import java.util.Optional;

/** Named facts about the installation itself. */
public interface Facts {
    Optional<String> get(String name);

    void put(String name, String value);
}
