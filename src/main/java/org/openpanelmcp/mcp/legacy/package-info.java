/** What protocol revisions up to 2025-11-25 need besides the stateless core. */
@NullMarked
package org.openpanelmcp.mcp.legacy;

import org.jspecify.annotations.NullMarked;
