/** Tests of data in and out: control. */
@NullMarked
package org.openpanelmcp.transfer.control;

import org.jspecify.annotations.NullMarked;
