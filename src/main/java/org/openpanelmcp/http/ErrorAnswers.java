package org.openpanelmcp.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** The one shape of an error: {@code {"error":{"code":…,"message":…}}}. Also replaces Jetty's own pages. */
final class ErrorAnswers extends ErrorHandler {
    static byte[] body(String code, String message) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("code", code).put("message", message);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    static org.openpanelmcp.http.Response of(Problem problem) {
        return org.openpanelmcp.http.Response.json(problem.status(), body(problem.code(), problem.text()))
                .with(problem.headers());
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        response.write(true, ByteBuffer.wrap(refusal(status)), callback);
    }

    private static byte[] refusal(int status) {
        return switch (status) {
            case HttpStatus.SERVICE_UNAVAILABLE_503 ->
                body("busy", "The server is busy or stopping; try again shortly.");
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431, HttpStatus.URI_TOO_LONG_414 ->
                body("headers_too_long", "The request line and headers are too long.");
            default -> {
                var reason = HttpStatus.getMessage(status);
                yield status >= 500
                        ? body("internal", "The server failed to answer this request.")
                        : body("bad_request", "The request was refused before it was read in full: " + reason + ".");
            }
        };
    }
}
