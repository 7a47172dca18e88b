/** Files of other products, turned into a transfer folder and imported, with their totals beside ours. */
@NullMarked
package org.openpanelmcp.transfer.foreign;

import org.jspecify.annotations.NullMarked;
