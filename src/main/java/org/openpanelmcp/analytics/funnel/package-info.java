/** Funnels: how many get from one event to the next. */
@NullMarked
package org.openpanelmcp.analytics.funnel;

import org.jspecify.annotations.NullMarked;
