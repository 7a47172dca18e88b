package org.openpanelmcp.tool;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call that was answered, so that one can come back to it.
 *
 * @param asOf the clock of the questions at that time
 * @param arguments with the range as it was resolved, without project and page
 */
public record PastQuestion(String tool, String projectId, Instant asOf, ObjectNode arguments) {}
