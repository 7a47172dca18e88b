/** Data in and out: import, export, backup, demo data. */
@NullMarked
package org.openpanelmcp.transfer;

import org.jspecify.annotations.NullMarked;
