/** How a tool is declared, read, run and answered. */
@NullMarked
package org.openpanelmcp.tool;

import org.jspecify.annotations.NullMarked;
