/** Tests of the protocol over real HTTP. */
@NullMarked
package org.openpanelmcp.mcp;

import org.jspecify.annotations.NullMarked;
