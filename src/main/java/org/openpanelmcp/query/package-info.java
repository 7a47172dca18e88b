/** Questions as values: SQL with bound values, dialects, project scope, time ranges, filters. Knows no engine. */
@NullMarked
package org.openpanelmcp.query;

import org.jspecify.annotations.NullMarked;
