package org.openpanelmcp.ingest.track;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.openpanelmcp.http.Request;
import org.openpanelmcp.http.Response;

/** The tracker for web pages, {@code /op1.js}: our own, as small as can be. Immutable. */
public final class TrackerScript {
    private static final String CACHING = "public, max-age=604800, stale-while-revalidate=86400";

    private final byte[] plain;
    private final byte[] packed;
    private final String tag;

    private TrackerScript(byte[] plain) {
        this.plain = plain;
        this.packed = packed(plain);
        this.tag = "\"" + HexFormat.of().formatHex(sha256(plain), 0, 8) + "\"";
    }

    /** The one of this version. */
    public static TrackerScript load() {
        try (var stream = TrackerScript.class.getResourceAsStream("op1.js")) {
            if (stream == null) {
                throw new IllegalStateException("the program lacks its file op1.js");
            }
            return new TrackerScript(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that cross the network. */
    int size() {
        return packed.length;
    }

    public Response answer(Request request) {
        var headers = new HashMap<>(Map.of(
                "Content-Type", "text/javascript; charset=utf-8",
                "Cache-Control", CACHING,
                "Cross-Origin-Resource-Policy", "cross-origin",
                "ETag", tag,
                "Vary", "Accept-Encoding"));
        if (request.header("If-None-Match").orElse("").contains(tag)) {
            return Response.empty(304).with(headers);
        }
        boolean gzip = request.header("Accept-Encoding").orElse("").contains("gzip");
        if (gzip) {
            headers.put("Content-Encoding", "gzip");
        }
        return new Response.Whole(200, headers, gzip ? packed : plain);
    }

    private static byte[] packed(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
