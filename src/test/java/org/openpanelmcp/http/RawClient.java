package org.openpanelmcp.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends exactly the bytes that it is told to; for what a well-behaved client never sends. */
final class RawClient implements AutoCloseable {
    private static final int READ_LIMIT_MILLIS = 20_000;

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(READ_LIMIT_MILLIS);
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    InputStream input() throws IOException {
        return socket.getInputStream();
    }

    /** Everything up to the end of the connection. */
    String readAll() throws IOException {
        return new String(input().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Reads until the text came by. */
    String readUntil(String text) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            var next = input().read();
            if (next < 0) {
                throw new IOException("the connection ended after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** One request on a connection of its own. */
    static String exchange(int port, String request) throws IOException {
        try (var client = new RawClient(port)) {
            return client.send(request).readAll();
        }
    }
}
