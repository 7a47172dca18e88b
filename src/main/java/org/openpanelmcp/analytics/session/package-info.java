/** Single visits. */
@NullMarked
package org.openpanelmcp.analytics.session;

import org.jspecify.annotations.NullMarked;
