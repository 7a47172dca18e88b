package org.openpanelmcp.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every request from Jetty: checks where it comes from, finds its endpoint, writes the answer. */
final class Front extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Front.class);
    private static final List<HttpField> STANDARD_HEADERS = List.of(
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
            new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"));
    private static final String EXPOSED =
            "WWW-Authenticate, Retry-After, RateLimit, RateLimit-Policy, RateLimit-Limit, RateLimit-Remaining, "
                    + "RateLimit-Reset, X-Request-Id";
    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9_,\\- ]{1,1000}");

    private final HttpOptions options;
    private final Router router;
    private final Doorkeeper doorkeeper;

    Front(HttpOptions options, Router router) {
        this.options = options;
        this.router = router;
        this.doorkeeper = new Doorkeeper(options);
    }

    @Override
    public boolean handle(
            org.eclipse.jetty.server.Request jettyRequest,
            org.eclipse.jetty.server.Response jettyResponse,
            Callback callback) {
        var request = new IncomingRequest(
                jettyRequest, options.trust().proxies(), options.limits().bodyTime());
        STANDARD_HEADERS.forEach(jettyResponse.getHeaders()::put);
        jettyResponse.getHeaders().put("X-Request-Id", request.id());
        // A call may think longer than the idle time; reads and writes that stall still end by it.
        jettyRequest.addIdleTimeoutListener(timeout -> false);
        try {
            write(answer(request), request, jettyResponse, callback);
        } catch (IOException gone) {
            LOG.debug("request {}: the client is gone", request.id());
            callback.failed(gone);
        }
        return true;
    }

    private Response answer(IncomingRequest request) throws IOException {
        var cors = Map.<String, String>of();
        var route = "(none)";
        try {
            var host = doorkeeper.host(request.header("Host"));
            var match = router.match(request.readPath())
                    .orElseThrow(() -> new Problem(404, "not_found", "Nothing is served at this path."));
            route = match.route().pattern();
            request.matched(match.values());
            cors = cors(request, host, match.route());
            return routed(request, match.route(), cors).with(cors);
        } catch (Problem problem) {
            return ErrorAnswers.of(problem).with(cors);
        } catch (IOException gone) {
            throw gone;
        } catch (Exception | StackOverflowError failure) {
            return failed(request, route, failure).with(cors);
        }
    }

    private Response routed(IncomingRequest request, Router.Route route, Map<String, String> cors) throws Exception {
        var method = request.method();
        var endpoint = route.endpoints().get(method);
        if (endpoint == null && method.equals("HEAD")) {
            endpoint = route.endpoints().get("GET");
        }
        if (endpoint != null) {
            return endpoint.answer(request);
        }
        if (method.equals("OPTIONS")) {
            return Response.empty(204)
                    .with(cors.isEmpty() ? Map.of() : preflight(request, route))
                    .with(Map.of("Allow", route.allowed()));
        }
        throw new Problem(
                405,
                "method_not_allowed",
                "This path answers " + route.allowed() + ", not " + method + ".",
                Map.of("Allow", route.allowed()));
    }

    private Map<String, String> cors(IncomingRequest request, Authority host, Router.Route route) {
        var origins = request.headers("Origin");
        if (origins.isEmpty()) {
            return Map.of();
        }
        var allowed = origins.size() == 1
                ? doorkeeper.origin(origins.getFirst(), host, route.origins())
                : doorkeeper.origin("", host, route.origins());
        return allowed.map(origin -> Map.of(
                        "Access-Control-Allow-Origin",
                        origin,
                        "Access-Control-Expose-Headers",
                        EXPOSED,
                        "Vary",
                        "Origin"))
                .orElse(Map.of());
    }

    private static Map<String, String> preflight(IncomingRequest request, Router.Route route) {
        Optional<String> wanted = request.header("Access-Control-Request-Headers")
                .filter(names -> HEADER_NAMES.matcher(names).matches());
        return Map.of(
                "Access-Control-Allow-Methods", route.allowed(),
                // The names are echoed: MCP's Mcp-Param-* headers cannot be listed, and '*' leaves out Authorization.
                "Access-Control-Allow-Headers", wanted.orElse("Authorization, Content-Type"),
                "Access-Control-Max-Age", "7200");
    }

    private static Response failed(Request request, String route, Throwable failure) {
        LOG.error("request {} to {} failed", request.id(), route, failure);
        return Response.json(
                500,
                ErrorAnswers.body(
                        "internal",
                        "The server failed to answer. Its log has the reason under request " + request.id() + "."));
    }

    private static void write(
            Response response, IncomingRequest request, org.eclipse.jetty.server.Response target, Callback callback)
            throws IOException {
        switch (response) {
            case Response.Whole whole -> {
                target.setStatus(whole.status());
                if (!request.readAway()) {
                    // Said, because a client that uses the connection again would lose its next request with it.
                    target.getHeaders().put(HttpHeader.CONNECTION, "close");
                }
                whole.headers().forEach(target.getHeaders()::put);
                if (whole.status() != 204 && whole.status() != 304) {
                    target.getHeaders().put(HttpHeader.CONTENT_LENGTH, whole.body().length);
                }
                var body = request.method().equals("HEAD") ? new byte[0] : whole.body();
                target.write(true, ByteBuffer.wrap(body), callback);
            }
            case Response.Events events -> {
                target.setStatus(200);
                target.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
                target.getHeaders().put("X-Accel-Buffering", "no");
                events.headers().forEach(target.getHeaders()::put);
                writeEvents(events, request, target);
                target.write(true, ByteBuffer.allocate(0), callback);
            }
        }
    }

    private static void writeEvents(Response.Events events, Request request, org.eclipse.jetty.server.Response target)
            throws IOException {
        try {
            Content.Sink.write(target, false, ByteBuffer.allocate(0));
            events.source().writeTo(new ServerSentEvents(target));
        } catch (IOException gone) {
            throw gone;
        } catch (Exception failure) {
            LOG.error("request {}: the event stream failed", request.id(), failure);
            throw new ClientGone(failure);
        }
    }
}
