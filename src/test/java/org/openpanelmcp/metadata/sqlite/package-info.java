/** The metadata in SQLite. */
@NullMarked
package org.openpanelmcp.metadata.sqlite;

import org.jspecify.annotations.NullMarked;
