/** Settings. */
@NullMarked
package org.openpanelmcp.config;

import org.jspecify.annotations.NullMarked;
