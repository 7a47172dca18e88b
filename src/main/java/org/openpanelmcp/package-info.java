/** One process that stores analytics events and answers questions about them over MCP. */
@NullMarked
package org.openpanelmcp;

import org.jspecify.annotations.NullMarked;
