/** Commands, run with real arguments. */
@NullMarked
package org.openpanelmcp.cli;

import org.jspecify.annotations.NullMarked;
