/** Any measures by any dimensions: one question for what no other tool covers. */
@NullMarked
package org.openpanelmcp.analytics.metric;

import org.jspecify.annotations.NullMarked;
