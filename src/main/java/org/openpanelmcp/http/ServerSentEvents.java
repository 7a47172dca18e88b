package org.openpanelmcp.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

/** Writes events to a response; each write reaches the socket before it returns. */
final class ServerSentEvents implements EventStream {
    private final Response response;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    ServerSentEvents(Response response) {
        this.response = response;
    }

    @Override
    public void send(String data) throws IOException {
        var event = new StringBuilder(data.length() + 32).append("event: message\n");
        data.lines().forEach(line -> event.append("data: ").append(line).append('\n'));
        write(event.append('\n').toString());
    }

    @Override
    public void comment(String text) throws IOException {
        write(": " + text.replaceAll("[\r\n]", " ") + "\n\n");
    }

    private void write(String text) throws IOException {
        oneAtATime.lock();
        try {
            Content.Sink.write(response, false, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } finally {
            oneAtATime.unlock();
        }
    }
}
