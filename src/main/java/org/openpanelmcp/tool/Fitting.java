package org.openpanelmcp.tool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cuts an answer that is too long for a model's context: its lists to their first rows and, where even one row of each is
 * too long, texts and objects. The answer says what was left out; a list with a cursor goes on behind the last row kept.
 */
final class Fitting {
    private static final int WARNINGS = 300;
    private static final int LONGEST_TEXT = 100;
    private static final int MOST_KEYS = 50;
    private static final String META = "meta";
    /** How some answers name the number of their rows. */
    private static final String SHOWN = "shown";

    private static final List<String> NARROWING =
            List.of("startDate", "endDate", "interval", "columns", "steps", "periods", "top", "limit");

    private final ObjectNode answer;
    private final Set<String> arguments;
    private final ToolCall call;
    private final int mostTokens;
    private final List<String> warnings = new ArrayList<>();

    private Fitting(ObjectNode answer, Set<String> arguments, ToolCall call) {
        this.answer = answer;
        this.arguments = arguments;
        this.call = call;
        this.mostTokens = call.mostTokens() - WARNINGS;
    }

    /** @param arguments the names of those that the tool takes */
    static ObjectNode fitted(ObjectNode answer, Set<String> arguments, ToolCall call) {
        if (Tokens.in(answer.toString()) > call.mostTokens()) {
            new Fitting(answer, arguments, call).cut();
        }
        return answer;
    }

    /** Lists of the answer whose rows stand side by side, and the tokens of each row. */
    private record Strand(List<String> fields, List<Integer> rows) {
        int tokens() {
            return rows.stream().mapToInt(Integer::intValue).sum();
        }

        int first() {
            return rows.isEmpty() ? 0 : rows.getFirst();
        }

        /** How many of the first rows fit; at least one. */
        int within(int room) {
            int kept = 0;
            int taken = 0;
            while (kept < rows.size() && taken + rows.get(kept) <= room) {
                taken += rows.get(kept++);
            }
            return Math.max(1, kept);
        }
    }

    private void cut() {
        var strands = strands();
        if (outside(strands) + strands.stream().mapToInt(Strand::first).sum() > mostTokens) {
            shorten();
            strands = strands();
        }
        int room = mostTokens - outside(strands);
        strands.sort(Comparator.comparingInt(Strand::tokens));
        for (int i = 0; i < strands.size(); i++) {
            var strand = strands.get(i);
            // What the shorter lists leave is shared by the longer ones.
            int share = Math.max(0, room) / (strands.size() - i);
            int kept = strand.within(share);
            if (kept < strand.rows().size()) {
                cut(strand, kept);
            }
            room -= strand.rows().stream()
                    .limit(kept)
                    .mapToInt(Integer::intValue)
                    .sum();
        }
        if (answer.get(META) instanceof ObjectNode meta) {
            var list = meta.withArray("warnings");
            warnings.forEach(list::add);
        }
    }

    private int outside(List<Strand> strands) {
        return Tokens.in(answer.toString())
                - strands.stream().mapToInt(Strand::tokens).sum();
    }

    private List<Strand> strands() {
        var strands = new ArrayList<Strand>();
        var paged = new ArrayList<String>();
        for (var field : answer.properties()) {
            if (field.getValue() instanceof ArrayNode list && !list.isEmpty()) {
                if (isPaged(list)) {
                    paged.add(field.getKey());
                } else {
                    strands.add(strand(List.of(field.getKey())));
                }
            }
        }
        if (!paged.isEmpty()) {
            strands.add(strand(paged));
        }
        return strands;
    }

    private boolean isPaged(ArrayNode list) {
        return call.list().map(place -> place.shown() == list.size()).orElse(false);
    }

    private Strand strand(List<String> fields) {
        var rows = new ArrayList<Integer>();
        for (int i = 0; i < answer.get(fields.getFirst()).size(); i++) {
            int tokens = 0;
            for (var field : fields) {
                tokens += Tokens.in(answer.get(field).get(i) + ",");
            }
            rows.add(tokens);
        }
        return new Strand(fields, rows);
    }

    private void cut(Strand strand, int kept) {
        int whole = strand.rows().size();
        for (var field : strand.fields()) {
            var list = (ArrayNode) answer.get(field);
            while (list.size() > kept) {
                list.remove(list.size() - 1);
            }
        }
        if (answer.path(SHOWN).intValue(0) == whole) {
            answer.put(SHOWN, kept);
        }
        var name = strand.fields().getLast();
        var place = call.list().filter(paged -> paged.shown() == whole);
        say(name, kept, whole, place);
    }

    private void say(String list, int kept, int whole, Optional<ListPlace> place) {
        var meta = (ObjectNode) answer.get(META);
        meta.put("truncated", true);
        var cut = list + " holds the first " + kept + " of " + whole
                + " rows, since more would make the answer too long. ";
        if (place.isPresent()) {
            meta.put("nextCursor", place.get().cursorAfter(kept, call));
            warnings.add(cut + "nextCursor goes on behind them."
                    + (arguments.contains("columns") ? " Fewer columns make room for more rows." : ""));
            return;
        }
        var narrowing = NARROWING.stream().filter(arguments::contains).toList();
        warnings.add(cut + (narrowing.isEmpty() ? "" : "Ask for less with " + String.join(", ", narrowing) + "."));
    }

    private void shorten() {
        var fields = new ArrayList<>(answer.properties());
        for (var field : fields) {
            if (!field.getKey().equals(META)) {
                answer.set(field.getKey(), shortened(field.getValue()));
            }
        }
        warnings.add("Texts of more than " + LONGEST_TEXT + " characters and objects of more than " + MOST_KEYS
                + " keys were cut, since they would make the answer too long."
                + (arguments.contains("columns") ? " Fewer columns leave them whole." : ""));
    }

    private static JsonNode shortened(JsonNode node) {
        if (node.isString()) {
            return JsonNodeFactory.instance.stringNode(shortened(node.stringValue()));
        }
        if (node instanceof ArrayNode array) {
            var copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(element -> copy.add(shortened(element)));
            return copy;
        }
        return node instanceof ObjectNode object ? shortened(object) : node;
    }

    private static ObjectNode shortened(ObjectNode object) {
        Map<String, JsonNode> kept = new LinkedHashMap<>();
        for (var entry : object.properties()) {
            if (kept.size() < MOST_KEYS) {
                kept.putIfAbsent(shortened(entry.getKey()), shortened(entry.getValue()));
            }
        }
        return JsonNodeFactory.instance.objectNode().setAll(kept);
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        // Not within a character that is made of two.
        int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
        return text.substring(0, end) + "… (cut)";
    }
}
