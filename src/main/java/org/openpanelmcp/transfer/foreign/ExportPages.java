package org.openpanelmcp.transfer.foreign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.transfer.TransferProblem;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what was saved of the export API: pages ({@code {"meta": …, "data": […]}}), bare lists, or one event a line. One
 * event at a time is in memory.
 */
final class ExportPages {
    /** Values are read out of the middle of documents. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonMapper LINES = JsonMapper.builder().build();

    private static final int LONGEST_LINE = 1 << 24;

    private final Visitor visitor;

    /** Takes what is found. */
    interface Visitor {
        /** @param number the event's line, or its place in a page, counted from 1 */
        void event(String file, long number, JsonNode event);

        /** What a page says of itself. */
        void page(JsonNode meta);

        /** A line or a value that is no event. */
        void refuse(String file, long number, String reason, String value);
    }

    ExportPages(Visitor visitor) {
        this.visitor = visitor;
    }

    void read(String file, InputStream content) throws IOException {
        var name = file.toLowerCase(Locale.ROOT);
        try {
            if (name.contains(".jsonl") || name.contains(".ndjson")) {
                lines(file, new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8)));
            } else {
                new Document(file).read(content);
            }
        } catch (JacksonException exception) {
            if (exception.getCause() instanceof IOException io) {
                throw io;
            }
            var place = exception.getLocation();
            throw new TransferProblem(
                    file + " is no complete JSON: it breaks off or is damaged"
                            + (place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr())
                            + ". Fetch that page again; nothing was imported.",
                    exception);
        }
    }

    private void lines(String file, BufferedReader text) throws IOException {
        long number = 0;
        for (var line = nextLine(file, text); line != null; line = nextLine(file, text)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                visitor.event(file, number, LINES.readTree(line));
            } catch (JacksonException noJson) {
                visitor.refuse(file, number, "the line is no complete JSON", line);
            }
        }
    }

    private static @Nullable String nextLine(String file, BufferedReader text) throws IOException {
        var line = new StringBuilder();
        int next = text.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = text.read()) {
            if (line.length() >= LONGEST_LINE) {
                throw new TransferProblem(file + " holds a line of more than " + LONGEST_LINE
                        + " characters. If it is one JSON document, name it .json.");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    /** One file that is JSON as a whole, or several documents after another. */
    private final class Document {
        private final String file;
        private long number;

        Document(String file) {
            this.file = file;
        }

        void read(InputStream content) {
            try (var parser = JSON.createParser(content)) {
                for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    switch (token) {
                        case START_OBJECT -> object(parser);
                        case START_ARRAY -> list(parser);
                        default -> visitor.refuse(file, ++number, "a bare value is no event", parser.getString());
                    }
                }
            }
        }

        private void list(JsonParser parser) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                visitor.event(file, ++number, JSON.readTree(parser));
            }
        }

        /** A page, or an event: only a page has a list called data. */
        private void object(JsonParser parser) {
            var rest = JSON.createObjectNode();
            boolean page = false;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var key = parser.currentName();
                var token = parser.nextToken();
                if (key.equals("data") && token == JsonToken.START_ARRAY) {
                    page = true;
                    list(parser);
                } else {
                    rest.set(key, JSON.readTree(parser));
                }
            }
            if (page) {
                visitor.page(rest.path("meta"));
            } else {
                visitor.event(file, ++number, rest);
            }
        }
    }
}
