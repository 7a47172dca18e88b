/** The benchmark command: measures a running server from outside. The server never uses it. */
@NullMarked
package org.openpanelmcp.bench;

import org.jspecify.annotations.NullMarked;
