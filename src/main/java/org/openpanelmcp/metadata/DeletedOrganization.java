package org.openpanelmcp.metadata;

import java.time.Instant;

/** An organization that answers nobody any more. */
public record DeletedOrganization(Organization organization, Instant deletedAt) {}
