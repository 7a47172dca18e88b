/** The commands of the launcher. */
@NullMarked
package org.openpanelmcp.cli;

import org.jspecify.annotations.NullMarked;
