package org.openpanelmcp.metadata;

/**
 * One entry of a transfer folder's catalog that has no table of its own yet, kept word for word so that an export loses
 * nothing.
 *
 * @param kind the name of the catalog's list, such as {@code dashboards}
 * @param id the entry's own id, or one derived from its content
 * @param projectId empty when the entry names no project
 * @param json the entry as it came
 */
public record CatalogEntry(String kind, String id, String projectId, String json) {}
