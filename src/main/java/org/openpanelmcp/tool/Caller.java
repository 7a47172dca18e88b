package org.openpanelmcp.tool;

import org.openpanelmcp.access.Access;

/** Who calls, and which of the tools the address that was called offers. */
public record Caller(Access access, Toolsets.Selection selection) {}
