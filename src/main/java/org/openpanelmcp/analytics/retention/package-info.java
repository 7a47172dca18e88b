/** Who comes back, and who stays away. */
@NullMarked
package org.openpanelmcp.analytics.retention;

import org.jspecify.annotations.NullMarked;
