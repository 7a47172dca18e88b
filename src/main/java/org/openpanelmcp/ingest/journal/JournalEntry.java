package org.openpanelmcp.ingest.journal;

import org.openpanelmcp.ingest.Entry;

/**
 * An entry with what was decided about it.
 *
 * @param seq its place in the journal, from 1
 * @param deviceId whose device; empty: nobody's
 * @param sessionId empty: outside of any session
 * @param sessionStart when that session began, as far as was known then, epoch milliseconds
 * @param opens whether that session begins with it
 */
public record JournalEntry(
        long seq, Entry entry, String deviceId, String sessionId, long sessionStart, boolean opens) {}
