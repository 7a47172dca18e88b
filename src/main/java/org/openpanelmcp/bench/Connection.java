package org.openpanelmcp.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept-alive connection to an endpoint; as small as can be, so that it costs the server's machine little. */
final class Connection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final String head;

    /** An answer. */
    record Answer(int status, byte[] body) {}

    private Connection(URI url, String headers) throws IOException {
        int port = url.getPort() < 0 ? 80 : url.getPort();
        this.socket = new Socket(url.getHost(), port);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.head = "POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getHost() + ":" + port
                + "\r\nContent-Type: application/json\r\n" + headers + "\r\nContent-Length: ";
    }

    static Connection toTools(URI url, String token) throws IOException {
        return new Connection(
                url, "Accept: application/json\r\nMCP-Protocol-Version: 2025-11-25\r\nAuthorization: Bearer " + token);
    }

    /** As a tracker in a page would be connected, through a server of the site that knows the secret. */
    static Connection toTracking(URI url, String client, String secret) throws IOException {
        return new Connection(
                url,
                "openpanel-client-id: " + client + "\r\nopenpanel-client-secret: " + secret
                        + "\r\nopenpanel-sdk-name: bench\r\nUser-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) "
                        + "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36");
    }

    /** The body of the answer. @throws IOException when it is none of success */
    byte[] post(byte[] body) throws IOException {
        var answer = exchange(body);
        if (answer.status() != 200) {
            throw new IOException(answer.status() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer.body();
    }

    Answer exchange(byte[] body) throws IOException {
        var request = (head + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        var whole = new byte[request.length + body.length];
        System.arraycopy(request, 0, whole, 0, request.length);
        System.arraycopy(body, 0, whole, request.length, body.length);
        socket.getOutputStream().write(whole);
        var status = line();
        int length = 0;
        for (var header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        return new Answer(Integer.parseInt(status.split(" ")[1]), in.readNBytes(length));
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
