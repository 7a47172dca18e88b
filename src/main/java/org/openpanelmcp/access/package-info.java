/** From a token to a typed access: credentials, secrets, rate limits, the audit log. */
@NullMarked
package org.openpanelmcp.access;

import org.jspecify.annotations.NullMarked;
