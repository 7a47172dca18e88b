/** Data in and out: import, demo data. */
@NullMarked
package org.openpanelmcp.transfer;

import org.jspecify.annotations.NullMarked;
