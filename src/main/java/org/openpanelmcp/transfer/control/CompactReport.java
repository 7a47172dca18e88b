package org.openpanelmcp.transfer.control;

/**
 * What a compaction did.
 *
 * @param bytesBefore size of the event database
 */
public record CompactReport(long bytesBefore, long bytesAfter, double seconds) {}
