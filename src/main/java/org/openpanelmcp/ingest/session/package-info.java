/** Which session an event belongs to. */
@NullMarked
package org.openpanelmcp.ingest.session;

import org.jspecify.annotations.NullMarked;
