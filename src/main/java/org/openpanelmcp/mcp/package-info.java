/** The Model Context Protocol: endpoint, JSON-RPC, dispatch, progress, cancellation. Knows nothing of analytics. */
@NullMarked
package org.openpanelmcp.mcp;

import org.jspecify.annotations.NullMarked;
