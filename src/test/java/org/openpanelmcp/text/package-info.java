/** Near words. */
@NullMarked
package org.openpanelmcp.text;

import org.jspecify.annotations.NullMarked;
