/** Tests of the embedded event store. */
@NullMarked
package org.openpanelmcp.store.duckdb;

import org.jspecify.annotations.NullMarked;
