@NullMarked
package org.openpanelmcp.ingest.track;

import org.jspecify.annotations.NullMarked;
