/** Keeps what was accepted until it is stored, and longer: one SQLite file, each group of entries synced before its answers. */
@NullMarked
package org.openpanelmcp.ingest.journal;

import org.jspecify.annotations.NullMarked;
