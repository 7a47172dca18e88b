/** Which projects a credential opens. */
@NullMarked
package org.openpanelmcp.analytics.project;

import org.jspecify.annotations.NullMarked;
