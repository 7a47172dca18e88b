/** Paths of visits: what happened after, before or between events. */
@NullMarked
package org.openpanelmcp.analytics.flow;

import org.jspecify.annotations.NullMarked;
