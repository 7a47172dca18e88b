/** Where sessions come from: by country, region and city. */
@NullMarked
package org.openpanelmcp.analytics.traffic;

import org.jspecify.annotations.NullMarked;
