package org.openpanelmcp.http;

import java.io.IOException;

/** A running {@code text/event-stream}. Safe for use by several threads: events are written one after the other. */
public interface EventStream {
    /**
     * Sends one event and flushes.
     *
     * @throws IOException when the client is gone
     */
    void send(String data) throws IOException;

    /**
     * Sends a comment line, which clients ignore: the only way to learn that an HTTP/1.1 client is gone.
     *
     * @throws IOException when the client is gone
     */
    void comment(String text) throws IOException;
}
