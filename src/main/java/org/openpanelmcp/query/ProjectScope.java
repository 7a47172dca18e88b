package org.openpanelmcp.query;

import java.time.ZoneId;

/**
 * The one project that a query reads. Every query takes one, and only {@code access} (which checks the credential) and
 * {@code transfer} (which works for the operator) make them: a test holds that.
 *
 * @param zone the project's time zone, in which days begin and buckets are cut
 */
public record ProjectScope(String organizationId, String projectId, ZoneId zone) {}
