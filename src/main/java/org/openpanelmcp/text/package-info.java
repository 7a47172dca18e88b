/** Words: the nearest known one to a mistyped one. */
@NullMarked
package org.openpanelmcp.text;

import org.jspecify.annotations.NullMarked;
