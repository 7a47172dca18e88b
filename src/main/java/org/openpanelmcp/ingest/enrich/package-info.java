/** What the server adds to an event: who, from where, with what. Pure, but for the salts and the geo file. */
@NullMarked
package org.openpanelmcp.ingest.enrich;

import org.jspecify.annotations.NullMarked;
