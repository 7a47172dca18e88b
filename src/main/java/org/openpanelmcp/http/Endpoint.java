package org.openpanelmcp.http;

/** Answers the requests of one route. Shared between threads; may block (it runs on a virtual thread). */
@FunctionalInterface
public interface Endpoint {
    /** @throws Problem for a request that is refused; any other exception becomes a 500 without detail */
    Response answer(Request request) throws Exception;
}
