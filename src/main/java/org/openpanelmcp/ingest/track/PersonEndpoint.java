package org.openpanelmcp.ingest.track;

import java.util.List;
import org.openpanelmcp.http.OriginPolicy;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.http.Request;
import org.openpanelmcp.http.Response;
import org.openpanelmcp.http.Router;
import org.openpanelmcp.ingest.IngestCounters;
import org.openpanelmcp.ingest.erase.ErasureReport;
import org.openpanelmcp.ingest.erase.PersonErasure;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes a person of the client's project: only with the secret, never by origin. Somebody unknown is no error: a backup
 * or an export may know more than the store, and whoever deletes one person in many systems may ask again.
 */
public final class PersonEndpoint {
    private static final String PATH = "/profile/";

    private final Authentication authentication;
    private final PersonErasure people;
    private final IngestCounters counters;

    public PersonEndpoint(TrackEndpoints.Guard guard, PersonErasure people, IngestCounters counters) {
        this.authentication = new Authentication(guard.metadata(), guard.secrets(), guard.failures());
        this.people = people;
        this.counters = counters;
    }

    /** Adds the routes. */
    public Router addTo(Router router) {
        // People may be called as the older endpoints are.
        for (var name : List.of("increment", "decrement")) {
            router.add("DELETE", PATH + name, OriginPolicy.ANY, request -> delete(request, name));
        }
        return router.add("DELETE", PATH + "{id...}", request -> delete(request, request.pathValue("id")));
    }

    private Response delete(Request request, String id) {
        try {
            return Response.json(200, JsonBody.bytes(answer(erase(request, id))));
        } catch (Problem refused) {
            counters.refused(refused.code());
            throw refused;
        }
    }

    private ErasureReport erase(Request request, String id) {
        var sender = authentication.eraser(request);
        try {
            return people.erase(sender.projectId(), id);
        } catch (PersonErasure.Failure failure) {
            throw Refusal.unavailable(String.valueOf(failure.getMessage()));
        }
    }

    private static ObjectNode answer(ErasureReport report) {
        var json = JsonBody.object()
                .put("profileId", report.profile())
                .put("found", report.found())
                .put("deletedUntil", report.until().toString())
                .put("events", report.events())
                .put("sessions", report.sessions())
                .put("recountedSessions", report.recounted())
                .put("profiles", report.profiles())
                .put("journalEntries", report.journal());
        if (!report.found()) {
            json.put(
                    "message",
                    "Nothing is stored of this profile. Check the id; if it is right, nothing is left to do: no import brings back what happened until now.");
        }
        return json;
    }
}
