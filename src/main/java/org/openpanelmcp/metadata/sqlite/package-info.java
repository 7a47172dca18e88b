/** The metadata in one SQLite file. The only package that knows SQLite. */
@NullMarked
package org.openpanelmcp.metadata.sqlite;

import org.jspecify.annotations.NullMarked;
