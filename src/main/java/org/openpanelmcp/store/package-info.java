/** The event store as its users see it: a query with a budget, rows. */
@NullMarked
package org.openpanelmcp.store;

import org.jspecify.annotations.NullMarked;
