/** Groups of people, such as companies or teams. */
@NullMarked
package org.openpanelmcp.analytics.group;

import org.jspecify.annotations.NullMarked;
