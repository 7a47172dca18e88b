package org.openpanelmcp.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One HTTP request as the rest of the product sees it. Not shared between threads. */
public interface Request {
    /** Short random id that ties log lines to this request. */
    String id();

    String method();

    /** The decoded path, without the query. */
    String path();

    /**
     * What stood in the path for {@code {name}} of the route's pattern, decoded.
     *
     * @throws IllegalArgumentException when the pattern has no such name
     */
    default String pathValue(String name) {
        throw new IllegalArgumentException("the pattern of this route has no {" + name + "}");
    }

    /** All values of a query parameter, decoded, in order; empty when absent. */
    List<String> query(String name);

    /** The first value of a header. */
    Optional<String> header(String name);

    /** All values of a header, one per header line. */
    List<String> headers(String name);

    /** The address of the client: the socket's, or the one that a trusted proxy names. */
    String clientAddress();

    /** The address at the other end of the connection: the client's, or a proxy's. */
    default String peerAddress() {
        return clientAddress();
    }

    /**
     * The whole body.
     *
     * @throws Problem 413 when it is longer than {@code maxBytes}, 408 when it does not arrive in time
     */
    byte[] body(int maxBytes) throws IOException;
}
