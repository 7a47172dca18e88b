package org.openpanelmcp.metadata;

import java.util.List;
import java.util.Optional;

/** Catalog entries without a table of their own. */
public interface CatalogEntries {
    /** By kind, project and id. */
    List<CatalogEntry> list();

    Optional<CatalogEntry> find(String kind, String id);

    /** Inserts, or replaces the one with the same kind and id. */
    void save(List<CatalogEntry> entries);
}
