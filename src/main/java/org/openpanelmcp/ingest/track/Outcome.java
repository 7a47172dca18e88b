package org.openpanelmcp.ingest.track;

import java.util.Locale;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.ingest.Receipt;
import tools.jackson.databind.node.ObjectNode;

/** What came of one call. */
sealed interface Outcome {
    /** As it stands in an answer. */
    ObjectNode json();

    /** It was taken. */
    record Taken(String deviceId, String sessionId, Result result) implements Outcome {
        static Taken of(Receipt.Kept kept, Result result) {
            return new Taken(kept.deviceId(), kept.sessionId(), result);
        }

        @Override
        public ObjectNode json() {
            return JsonBody.object()
                    .put("deviceId", deviceId)
                    .put("sessionId", sessionId)
                    .put("result", result.word());
        }
    }

    /** It was not, with the reason. */
    record Refused(Problem problem) implements Outcome {
        @Override
        public ObjectNode json() {
            var json = JsonBody.object();
            json.putObject("error").put("code", problem.code()).put("message", problem.text());
            return json;
        }
    }

    /** How something was taken. */
    enum Result {
        /** It is kept. */
        STORED,
        /** It was kept before; this is its repetition. */
        DUPLICATE,
        /** A rule of the project keeps it out. */
        EXCLUDED,
        /** It is of a kind that is not kept. */
        DISCARDED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
