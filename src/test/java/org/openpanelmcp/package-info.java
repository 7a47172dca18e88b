/** Tests of the whole: architecture, formatting, published definitions. */
@NullMarked
package org.openpanelmcp;

import org.jspecify.annotations.NullMarked;
