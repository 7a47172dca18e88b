/** Organizations, projects, clients and the catalog: one interface, our own tables behind it. */
@NullMarked
package org.openpanelmcp.metadata;

import org.jspecify.annotations.NullMarked;
