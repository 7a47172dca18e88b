/** How a tool is declared, read, run and answered: input records, schemas, the catalogue, the result contract. */
@NullMarked
package org.openpanelmcp.tool;

import org.jspecify.annotations.NullMarked;
