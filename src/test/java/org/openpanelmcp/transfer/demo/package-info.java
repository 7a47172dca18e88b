/** Tests of data in and out: demo. */
@NullMarked
package org.openpanelmcp.transfer.demo;

import org.jspecify.annotations.NullMarked;
