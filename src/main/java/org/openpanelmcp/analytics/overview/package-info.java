/** The headline figures of a project and their course. */
@NullMarked
package org.openpanelmcp.analytics.overview;

import org.jspecify.annotations.NullMarked;
