/** Conversions: which pages were seen before an event. */
@NullMarked
package org.openpanelmcp.analytics.conversion;

import org.jspecify.annotations.NullMarked;
