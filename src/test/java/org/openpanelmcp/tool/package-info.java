/** Tests of tools as such. */
@NullMarked
package org.openpanelmcp.tool;

import org.jspecify.annotations.NullMarked;
