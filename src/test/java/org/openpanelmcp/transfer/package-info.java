/** Tests of data in and out. */
@NullMarked
package org.openpanelmcp.transfer;

import org.jspecify.annotations.NullMarked;
