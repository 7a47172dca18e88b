/**
 * Takes what trackers send and keeps it: {@code track} makes entries out of requests with the help of {@code enrich}; the
 * intake gives each event its session, journals it durably and writes it to the event store.
 */
@NullMarked
package org.openpanelmcp.ingest;

import org.jspecify.annotations.NullMarked;
