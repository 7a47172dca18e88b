package org.openpanelmcp.metadata;

import java.time.Instant;
import java.time.ZoneId;

/**
 * The owner of projects.
 *
 * @param id a slug, part of the console's addresses
 * @param zone in which the days of its projects begin, unless a project says otherwise
 */
public record Organization(String id, String name, ZoneId zone, Instant createdAt) {}
