package org.openpanelmcp.access;

import java.util.Map;
import org.openpanelmcp.metadata.Client;

/**
 * A caller that was let in.
 *
 * @param headers to add to the answer: the state of its rate limit
 */
public record Admitted(Access access, Client client, Map<String, String> headers) {}
