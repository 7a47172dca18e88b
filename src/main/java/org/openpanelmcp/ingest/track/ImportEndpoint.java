package org.openpanelmcp.ingest.track;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.http.Request;
import org.openpanelmcp.http.Response;
import org.openpanelmcp.ingest.Offer;
import tools.jackson.databind.JsonNode;

/** Takes whole event rows, as OpenPanel's {@code /import/events} does; checked, and each id once. */
final class ImportEndpoint {
    private final Authentication authentication;
    private final JsonBody bodies;
    private final RetryKeys retries;
    private final Desk desk;
    private final InstantSource clock;

    ImportEndpoint(Authentication authentication, JsonBody bodies, RetryKeys retries, Desk desk, InstantSource clock) {
        this.authentication = authentication;
        this.bodies = bodies;
        this.retries = retries;
        this.desk = desk;
        this.clock = clock;
    }

    Response load(Request request) throws IOException {
        var sender = authentication.loader(request);
        return bodies.readPadded(request, Limits.LARGE_BODY, body -> {
            if (!body.isArray() || body.isEmpty() || body.size() > Limits.BATCH_ITEMS) {
                throw Refusal.payload("The body must be an array of 1 to %d event rows.".formatted(Limits.BATCH_ITEMS));
            }
            return load(sender, body);
        });
    }

    private Response load(Sender sender, JsonNode body) {
        var now = clock.instant();
        var offers = new ArrayList<Offer>();
        var answer = JsonBody.object();
        var refused = JsonBody.object().putArray("refused");
        int derived = 0;
        for (int i = 0; i < body.size(); i++) {
            try {
                var row = ImportedEvent.of(sender.projectId(), body.get(i), now);
                if (row.isPresent()) {
                    offers.add(new Offer(
                            row.get(),
                            retries.byId(sender.projectId(), row.get().id().toString())));
                } else {
                    derived++;
                }
            } catch (Problem problem) {
                refused.addObject().put("row", i).put("code", problem.code()).put("message", problem.text());
            }
        }
        if (offers.isEmpty() && derived == 0) {
            throw Refusal.payload("None of the %d rows can be taken. The first: %s"
                    .formatted(body.size(), refused.get(0).path("message").asString()));
        }
        var results = desk.load(sender.projectId(), offers);
        answer.put("accepted", results.getOrDefault(Outcome.Result.STORED, 0))
                .put("duplicates", results.getOrDefault(Outcome.Result.DUPLICATE, 0))
                // Of people who were deleted, or older than the project keeps.
                .put("excluded", results.getOrDefault(Outcome.Result.EXCLUDED, 0))
                // Sessions are made from the events: their own events would stand twice.
                .put("derived", derived)
                .set("refused", refused);
        return Response.json(200, JsonBody.bytes(answer));
    }
}
