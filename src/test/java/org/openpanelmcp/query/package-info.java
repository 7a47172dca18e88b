/** Tests of ranges, buckets, comparisons, filters and SQL values. */
@NullMarked
package org.openpanelmcp.query;

import org.jspecify.annotations.NullMarked;
