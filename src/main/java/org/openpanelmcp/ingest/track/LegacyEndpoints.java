package org.openpanelmcp.ingest.track;

import java.io.IOException;
import org.openpanelmcp.http.Request;
import org.openpanelmcp.http.Response;

/** The endpoints of old SDKs: the same as {@code /track}, and checked like it, under other names and with other answers. */
final class LegacyEndpoints {
    private final TrackEndpoints track;

    LegacyEndpoints(TrackEndpoints track) {
        this.track = track;
    }

    Response event(Request request) throws IOException {
        return track.bodies().read(request, Limits.BODY, body -> {
            var fields = Fields.of(body, "");
            return track.one(
                    request,
                    body,
                    (call, taken) -> Response.text(202, "ok"),
                    () -> track.reader().track(fields.node(), track.clock().instant()));
        });
    }

    Response profile(Request request) throws IOException {
        return track.bodies()
                .read(
                        request,
                        Limits.BODY,
                        body -> track.one(
                                request, body, this::profileId, () -> CallReader.identify(Fields.of(body, ""))));
    }

    Response increment(Request request) throws IOException {
        return change(request, false);
    }

    Response decrement(Request request) throws IOException {
        return change(request, true);
    }

    private Response change(Request request, boolean down) throws IOException {
        return track.bodies()
                .read(
                        request,
                        Limits.BODY,
                        body -> track.one(
                                request, body, this::profileId, () -> CallReader.increment(Fields.of(body, ""), down)));
    }

    private Response profileId(Call call, Outcome.Taken taken) {
        return Response.text(202, call.profileId());
    }
}
