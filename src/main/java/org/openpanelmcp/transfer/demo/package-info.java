/** Demo data: an invented shop, the same for the same seed and day. */
@NullMarked
package org.openpanelmcp.transfer.demo;

import org.jspecify.annotations.NullMarked;
