/** Makes rows of journalled entries and writes them into the event store, batch by batch. */
@NullMarked
package org.openpanelmcp.ingest.write;

import org.jspecify.annotations.NullMarked;
