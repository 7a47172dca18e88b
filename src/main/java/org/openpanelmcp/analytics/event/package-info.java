/** Events: which ones there are, and the raw rows. */
@NullMarked
package org.openpanelmcp.analytics.event;

import org.jspecify.annotations.NullMarked;
