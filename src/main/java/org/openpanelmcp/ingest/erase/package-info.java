/** Deletes people, and what is older than a project keeps; keeps out what would bring them back. */
@NullMarked
package org.openpanelmcp.ingest.erase;

import org.jspecify.annotations.NullMarked;
