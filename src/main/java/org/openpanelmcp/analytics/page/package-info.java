/** Pages: what was viewed. */
@NullMarked
package org.openpanelmcp.analytics.page;

import org.jspecify.annotations.NullMarked;
