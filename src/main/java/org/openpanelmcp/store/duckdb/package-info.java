/** The embedded event store. The only package that imports DuckDB. */
@NullMarked
package org.openpanelmcp.store.duckdb;

import org.jspecify.annotations.NullMarked;
