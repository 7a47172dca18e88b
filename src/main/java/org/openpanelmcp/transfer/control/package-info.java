/** How commands reach a running server: a socket in the data directory, and what is done over it. */
@NullMarked
package org.openpanelmcp.transfer.control;

import org.jspecify.annotations.NullMarked;
