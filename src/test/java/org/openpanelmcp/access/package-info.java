/** Credentials, secrets, limits, tenancy, audit. */
@NullMarked
package org.openpanelmcp.access;

import org.jspecify.annotations.NullMarked;
