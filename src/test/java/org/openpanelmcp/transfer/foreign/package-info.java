@NullMarked
package org.openpanelmcp.transfer.foreign;

import org.jspecify.annotations.NullMarked;
