/** People: finding them, and what one person did. */
@NullMarked
package org.openpanelmcp.analytics.profile;

import org.jspecify.annotations.NullMarked;
