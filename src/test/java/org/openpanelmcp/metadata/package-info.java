/** Metadata, whatever stands behind it. */
@NullMarked
package org.openpanelmcp.metadata;

import org.jspecify.annotations.NullMarked;
