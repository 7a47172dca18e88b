/** HTTP: the server, routing, requests and answers. The only package that knows Jetty. */
@NullMarked
package org.openpanelmcp.http;

import org.jspecify.annotations.NullMarked;
