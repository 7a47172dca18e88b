@NullMarked
package org.openpanelmcp.ops;

import org.jspecify.annotations.NullMarked;
