/** How much and how lately people use a site or an app. */
@NullMarked
package org.openpanelmcp.analytics.engagement;

import org.jspecify.annotations.NullMarked;
