package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table of weak spots in the documentation names the tests that there are, and there is one for each. */
class WeakSpotsTableTest {
    private static final Path TABLE = Path.of("docs", "compatibility.md");
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern TEST = Pattern.compile("void ((?:w\\d+_)+)");
    private static final Pattern ROW = Pattern.compile("\\| (W\\d+(?:, W\\d+)*) \\|.*\\| ([^|]*) \\|");
    private static final Pattern NUMBER = Pattern.compile("[Ww](\\d+)");

    @Test
    void everyWeakSpotOfTakingEventsInHasATest() throws IOException {
        var tested = tested();
        assertThat(documented()).isEqualTo(tested);
        assertThat(tested.keySet())
                .containsAll(IntStream.rangeClosed(1, 50)
                        .filter(number -> number <= 24 || number >= 35)
                        .boxed()
                        .toList());
    }

    /** By number, the classes with tests named after it. */
    private static Map<Integer, String> tested() throws IOException {
        var classes = new TreeMap<Integer, TreeSet<String>>();
        try (var files = Files.walk(TESTS)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                var tests = TEST.matcher(Files.readString(file));
                while (tests.find()) {
                    var numbers = NUMBER.matcher(tests.group(1));
                    while (numbers.find()) {
                        classes.computeIfAbsent(Integer.parseInt(numbers.group(1)), absent -> new TreeSet<>())
                                .add(file.getFileName().toString().replace(".java", ""));
                    }
                }
            }
        }
        return classes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> named(entry.getValue())));
    }

    private static String named(Set<String> classes) {
        return classes.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    /** By number, what its row says of tests. */
    private static Map<Integer, String> documented() throws IOException {
        var rows = new TreeMap<Integer, String>();
        for (var line : Files.readAllLines(TABLE)) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                var numbers = NUMBER.matcher(row.group(1));
                while (numbers.find()) {
                    assertThat(rows.put(Integer.parseInt(numbers.group(1)), row.group(2)))
                            .as(line)
                            .isNull();
                }
            }
        }
        return rows;
    }
}
