package org.openpanelmcp.store;

/** Whose a session is and from when to when it lasted, epoch milliseconds. */
public record SessionSpan(RowKey key, String deviceId, String profileId, long startedAt, long endedAt) {}
