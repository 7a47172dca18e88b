package org.openpanelmcp.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes a path apart. Every segment is decoded once, so that ids may hold {@code /} and {@code %}. */
final class Path {
    private Path() {}

    /** The segments of a pattern, or of a path that is already decoded. */
    static List<String> split(String path) {
        var segments = new ArrayList<String>();
        for (var segment : path.substring(1).split("/", -1)) {
            segments.add(segment);
        }
        if (segments.getLast().isEmpty()) {
            segments.removeLast();
        }
        return List.copyOf(segments);
    }

    /** @throws Problem 400 for a path that is not decodable or climbs with dots */
    static List<String> decoded(String rawPath) {
        if (!rawPath.startsWith("/")) {
            throw new Problem(400, "bad_path", "The path of the request has to start with a slash.");
        }
        if (rawPath.indexOf('%') < 0 && rawPath.indexOf('.') < 0) {
            return split(rawPath);
        }
        var segments = new ArrayList<String>();
        for (var raw : split(rawPath)) {
            var segment = decode(raw);
            if (segment.equals(".") || segment.equals("..")) {
                throw new Problem(400, "bad_path", "A path with '.' or '..' segments is not accepted.");
            }
            segments.add(segment);
        }
        return List.copyOf(segments);
    }

    private static String decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        var source = raw.getBytes(StandardCharsets.UTF_8);
        var target = ByteBuffer.allocate(source.length);
        for (int index = 0; index < source.length; index++) {
            if (source[index] != '%') {
                target.put(source[index]);
                continue;
            }
            var high = index + 2 < source.length ? Character.digit(source[index + 1], 16) : -1;
            var low = index + 2 < source.length ? Character.digit(source[index + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw undecodable();
            }
            target.put((byte) (high * 16 + low));
            index += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(target.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            throw undecodable();
        }
    }

    private static Problem undecodable() {
        return new Problem(400, "bad_path", "The path of the request is not valid percent-encoded UTF-8.");
    }
}
