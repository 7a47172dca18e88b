/** A server with the tools, resources and prompts that the public conformance suite expects. */
@NullMarked
package org.openpanelmcp.mcp.conformance;

import org.jspecify.annotations.NullMarked;
