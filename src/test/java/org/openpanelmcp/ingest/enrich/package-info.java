@NullMarked
package org.openpanelmcp.ingest.enrich;

import org.jspecify.annotations.NullMarked;
