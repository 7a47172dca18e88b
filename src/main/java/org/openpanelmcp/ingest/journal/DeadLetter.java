package org.openpanelmcp.ingest.journal;

/**
 * An entry that was put aside because it could not be stored.
 *
 * @param entry what it was
 * @param diedAt when, epoch milliseconds
 * @param reason why
 */
public record DeadLetter(JournalEntry entry, long diedAt, String reason) {}
