package org.openpanelmcp.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How commands print: JSON for programs, words and columns for people. */
final class Output {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Output() {}

    static void json(PrintWriter out, Map<String, ? extends @Nullable Object> object) {
        out.println(JSON.writeValueAsString(object));
    }

    /** A report as JSON, one line. */
    static void json(PrintWriter out, Record report) {
        out.println(JSON.writeValueAsString(report));
    }

    static void jsonList(PrintWriter out, List<? extends Map<String, ? extends @Nullable Object>> objects) {
        out.println(JSON.writeValueAsString(objects));
    }

    /** Columns as wide as their widest cell. */
    static void table(PrintWriter out, List<String> titles, List<List<String>> rows) {
        var widths = IntStream.range(0, titles.size())
                .map(column -> Math.max(
                        titles.get(column).length(),
                        rows.stream()
                                .mapToInt(row -> row.get(column).length())
                                .max()
                                .orElse(0)))
                .toArray();
        out.println(line(titles, widths));
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> cells.get(column)
                        + " ".repeat(widths[column] - cells.get(column).length()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }
}
