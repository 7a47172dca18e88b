/** What every event store must do alike; each engine runs these tests. */
@NullMarked
package org.openpanelmcp.store;

import org.jspecify.annotations.NullMarked;
