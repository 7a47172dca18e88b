/** Settings: typed records from flags, environment and one properties file. */
@NullMarked
package org.openpanelmcp.config;

import org.jspecify.annotations.NullMarked;
