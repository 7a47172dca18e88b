/** The people behind the numbers of other answers. */
@NullMarked
package org.openpanelmcp.analytics.people;

import org.jspecify.annotations.NullMarked;
