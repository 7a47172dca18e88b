/** What whoever runs the server watches: health and metrics. */
@NullMarked
package org.openpanelmcp.ops;

import org.jspecify.annotations.NullMarked;
