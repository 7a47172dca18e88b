/** Plain-Java answers to the questions of the tools, and seeded data to ask them about. Knows no code that it checks. */
@NullMarked
package org.openpanelmcp.reference;

import org.jspecify.annotations.NullMarked;
