/** The endpoints that trackers send to: who may, what is taken, and what is answered. */
@NullMarked
package org.openpanelmcp.ingest.track;

import org.jspecify.annotations.NullMarked;
