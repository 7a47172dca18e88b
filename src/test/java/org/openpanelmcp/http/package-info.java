/** Tests of the HTTP server over real sockets. */
@NullMarked
package org.openpanelmcp.http;

import org.jspecify.annotations.NullMarked;
