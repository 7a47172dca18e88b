package org.openpanelmcp.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request as Jetty received it. */
final class IncomingRequest implements Request {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingRequest.class);
    private static final String ID_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int ID_LENGTH = 10;

    /** How much of a body that is too long is still read, and for how long, so that its sender gets to the answer. */
    private static final long MOST_DRAINED = 32_000_000;

    private static final Duration DRAIN_TIME = Duration.ofSeconds(2);

    /** A body of up to this size that no endpoint looked at is read, to keep the connection. */
    private static final long MOST_READ_AWAY = 65_536;

    private final org.eclipse.jetty.server.Request jetty;
    private final String id = newId();
    private final TrustedProxies proxies;
    private final Duration bodyTime;
    private List<String> segments = List.of();
    private Map<String, String> pathValues = Map.of();
    private @Nullable Fields query;
    private boolean bodyRead;

    IncomingRequest(org.eclipse.jetty.server.Request jetty, TrustedProxies proxies, Duration bodyTime) {
        this.jetty = jetty;
        this.proxies = proxies;
        this.bodyTime = bodyTime;
    }

    /** @throws Problem 400 when the path cannot be decoded */
    List<String> readPath() {
        segments = Path.decoded(jetty.getHttpURI().getPath());
        return segments;
    }

    void matched(Map<String, String> values) {
        pathValues = values;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String method() {
        return jetty.getMethod();
    }

    @Override
    public String path() {
        return "/" + String.join("/", segments);
    }

    @Override
    public String pathValue(String name) {
        var value = pathValues.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the pattern of this route has no {" + name + "}");
        }
        return value;
    }

    @Override
    public List<String> query(String name) {
        if (query == null) {
            try {
                query = org.eclipse.jetty.server.Request.extractQueryParameters(jetty);
            } catch (IllegalArgumentException unreadable) {
                throw new Problem(400, "bad_query", "The query string is not valid percent-encoded UTF-8.");
            }
        }
        return query.getValuesOrEmpty(name);
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(jetty.getHeaders().get(name));
    }

    @Override
    public List<String> headers(String name) {
        return jetty.getHeaders().getFields(name).stream()
                .map(HttpField::getValue)
                .map(String::valueOf)
                .toList();
    }

    @Override
    public String clientAddress() {
        return proxies.clientAddress(peerAddress(), headers("X-Forwarded-For"));
    }

    @Override
    public String peerAddress() {
        return jetty.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress socket
                ? socket.getAddress().getHostAddress()
                : "127.0.0.1";
    }

    @Override
    public byte[] body(int maxBytes) throws IOException {
        bodyRead = true;
        var announced = jetty.getLength();
        if (announced > maxBytes) {
            throw tooLong(maxBytes);
        }
        var collected = new ByteArrayOutputStream(announced > 0 ? (int) announced : 1_024);
        var deadline = System.nanoTime() + bodyTime.toNanos();
        while (true) {
            var chunk = nextChunk(deadline);
            try {
                collected.write(content(chunk));
            } finally {
                chunk.release();
            }
            if (collected.size() > maxBytes) {
                throw tooLong(maxBytes);
            }
            if (chunk.isLast()) {
                return collected.toByteArray();
            }
        }
    }

    private static byte[] content(Content.Chunk chunk) {
        var bytes = new byte[chunk.remaining()];
        chunk.getByteBuffer().get(bytes);
        return bytes;
    }

    private Content.Chunk nextChunk(long deadline) throws IOException {
        while (true) {
            var chunk = jetty.read();
            if (chunk == null) {
                awaitContent(deadline);
            } else if (Content.Chunk.isFailure(chunk)) {
                throw new ClientGone(chunk.getFailure());
            } else {
                return chunk;
            }
        }
    }

    private void awaitContent(long deadline) throws IOException {
        var arrived = new CountDownLatch(1);
        jetty.demand(arrived::countDown);
        try {
            if (!arrived.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new Problem(
                        408,
                        "body_too_slow",
                        "The body of the request did not arrive within " + bodyTime.toSeconds() + " s.",
                        Map.of("Connection", "close"));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new ClientGone(stopping);
        }
    }

    private Problem tooLong(int maxBytes) throws IOException {
        if (jetty.getLength() <= MOST_DRAINED && header("Expect").isEmpty()) {
            drain();
        }
        return new Problem(
                413,
                "body_too_long",
                "The body of the request is longer than " + maxBytes + " bytes; send it in smaller parts.",
                Map.of("Connection", "close"));
    }

    /**
     * Reads away a short body that nobody asked for, so that the connection can be used again.
     *
     * @return false when there is more than that: the connection has to be closed after the answer
     */
    boolean readAway() throws IOException {
        var announced = jetty.getLength();
        boolean none = announced <= 0 && header("Transfer-Encoding").isEmpty();
        if (bodyRead || none) {
            return true;
        }
        if (announced < 0 || announced > MOST_READ_AWAY || header("Expect").isPresent()) {
            return false;
        }
        drain();
        return true;
    }

    /** A connection that is closed on a client in the middle of its body takes the answer with it. */
    private void drain() throws IOException {
        var deadline = System.nanoTime() + DRAIN_TIME.toNanos();
        long drained = 0;
        try {
            while (drained < MOST_DRAINED) {
                var chunk = nextChunk(deadline);
                drained += chunk.remaining();
                chunk.release();
                if (chunk.isLast()) {
                    return;
                }
            }
        } catch (Problem tooSlow) {
            LOG.debug("request {}: the rest of a body that is too long did not arrive", id);
        }
    }

    private static String newId() {
        var random = ThreadLocalRandom.current();
        var text = new StringBuilder(ID_LENGTH);
        for (int letter = 0; letter < ID_LENGTH; letter++) {
            text.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
        }
        return text.toString();
    }
}
