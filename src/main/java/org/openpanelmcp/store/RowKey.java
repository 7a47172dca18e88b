package org.openpanelmcp.store;

/** What a session, a profile, a group or a device is known by: its id within its project. */
public record RowKey(String projectId, String id) {}
