package org.openpanelmcp.mcp;

import java.util.Locale;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.http.Request;

/** What a client reads: whole JSON answers, streams of events, or both. */
record Accepted(boolean json, boolean streams) {
    /** @throws Problem 406 when it reads neither */
    static Accepted of(Request request) {
        var accept = String.join(",", request.headers("Accept")).toLowerCase(Locale.ROOT);
        if (accept.isBlank()) {
            return new Accepted(true, false);
        }
        var json = accept.contains("application/json") || accept.contains("*/*") || accept.contains("application/*");
        var streams = accept.contains("text/event-stream") || accept.contains("text/*");
        if (!json && !streams) {
            throw new Problem(
                    406,
                    "not_acceptable",
                    "Send 'Accept: application/json, text/event-stream'; nothing else is written.");
        }
        return new Accepted(json, streams);
    }
}
