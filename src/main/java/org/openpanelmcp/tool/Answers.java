package org.openpanelmcp.tool;

import java.util.Locale;
import java.util.Set;
import org.openpanelmcp.mcp.ToolAnswer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Result records and problems as JSON. Text from events is hostile: what could deceive a reader is taken out of it. */
final class Answers {
    private static final int LONGEST_TEXT = 2_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private Answers() {}

    /** An answer that a model has room for; see {@link Fitting}. */
    static ToolAnswer of(Record result, Set<String> arguments, ToolCall call) {
        return ToolAnswer.of(Fitting.fitted(object(result), arguments, call), false);
    }

    static ObjectNode object(Record result) {
        return (ObjectNode) neutral(JSON.valueToTree(result));
    }

    static ToolAnswer of(ToolProblem problem) {
        var error = JsonNodeFactory.instance.objectNode();
        error.put("code", problem.code().name().toLowerCase(Locale.ROOT));
        error.put("message", problem.text());
        error.put("hint", problem.hint());
        if (!problem.problems().isEmpty()) {
            var list = error.putArray("problems");
            problem.problems()
                    .forEach(field ->
                            list.addObject().put("field", field.field()).put("message", field.message()));
        }
        var answer = JsonNodeFactory.instance.objectNode();
        answer.set("error", error);
        return ToolAnswer.of((ObjectNode) neutral(answer), true);
    }

    private static JsonNode neutral(JsonNode node) {
        if (node.isString()) {
            return JsonNodeFactory.instance.stringNode(neutral(node.stringValue()));
        }
        if (node instanceof ObjectNode object) {
            var copy = JsonNodeFactory.instance.objectNode();
            for (var entry : object.properties()) {
                copy.set(free(neutral(entry.getKey()), copy), neutral(entry.getValue()));
            }
            return copy;
        }
        if (node instanceof ArrayNode array) {
            var copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(element -> copy.add(neutral(element)));
            return copy;
        }
        return node;
    }

    /** Keys that differed in what was taken out of them stay different. */
    private static String free(String key, ObjectNode object) {
        var free = key;
        for (int number = 2; object.has(free); number++) {
            free = key + " (" + number + ")";
        }
        return free;
    }

    /**
     * The text without characters that change how its surroundings are read or that nobody sees (control, bidirectional,
     * zero-width, tags, lone surrogates): each becomes U+FFFD. Longer texts are cut and say so.
     */
    static String neutral(String text) {
        var cut = text.length() <= LONGEST_TEXT
                ? text
                : text.substring(0, LONGEST_TEXT) + "… (" + (text.length() - LONGEST_TEXT) + " characters cut)";
        if (cut.codePoints().noneMatch(Answers::deceives)) {
            return cut;
        }
        var clean = new StringBuilder(cut.length());
        cut.codePoints().forEach(point -> clean.appendCodePoint(deceives(point) ? 0xFFFD : point));
        return clean.toString();
    }

    /** Hangul and Khmer fillers, the grapheme joiner, and the selectors in which whole sentences can be hidden. */
    private static boolean unseenLetter(int point) {
        return switch (point) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0 -> true;
            default -> point >= 0xE0100 && point <= 0xE01EF;
        };
    }

    private static boolean deceives(int point) {
        if (point == '\n' || point == '\t') {
            return false;
        }
        if (unseenLetter(point)) {
            return true;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
