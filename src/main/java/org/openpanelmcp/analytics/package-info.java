/** The questions: one package per feature; here what several features share. */
@NullMarked
package org.openpanelmcp.analytics;

import org.jspecify.annotations.NullMarked;
