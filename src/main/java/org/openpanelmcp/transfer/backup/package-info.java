/** Copies of a whole data directory, and the way back. */
@NullMarked
package org.openpanelmcp.transfer.backup;

import org.jspecify.annotations.NullMarked;
