@NullMarked
package org.openpanelmcp.ingest;

import org.jspecify.annotations.NullMarked;
