package org.openpanelmcp.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** What separates the columns of a CSV file, told by its header. */
public record Delimiter(char value, boolean understood) {
    private static final String CANDIDATES = ",;\t|";
    private static final int LONGEST_HEADER = 1 << 16;

    /** The candidate that stands most often outside quotes; a header of one column has commas in mind. */
    public static Delimiter of(String header) {
        var best = ',';
        var most = 0;
        for (int i = 0; i < CANDIDATES.length(); i++) {
            char candidate = CANDIDATES.charAt(i);
            int count = count(header, candidate);
            if (count > most) {
                best = candidate;
                most = count;
            }
        }
        return new Delimiter(best, best != '|');
    }

    /** Of the first line of a file. */
    static Delimiter ofFile(Path file) {
        try (var text = Files.newInputStream(file)) {
            var start = new String(text.readNBytes(LONGEST_HEADER), StandardCharsets.UTF_8);
            int end = start.indexOf('\n');
            return of(end < 0 ? start : start.substring(0, end));
        } catch (IOException exception) {
            throw new UncheckedIOException("Cannot read " + file + ". Check its permissions.", exception);
        }
    }

    /** @throws RuntimeException made from the character, when it is one that is only recognized */
    public char orElseThrow(Function<Character, ? extends RuntimeException> problem) {
        if (!understood) {
            throw problem.apply(value);
        }
        return value;
    }

    private static int count(String header, char wanted) {
        int count = 0;
        boolean quoted = false;
        for (int i = 0; i < header.length(); i++) {
            char next = header.charAt(i);
            if (next == '"') {
                quoted = !quoted;
            } else if (next == wanted && !quoted) {
                count++;
            }
        }
        return count;
    }
}
