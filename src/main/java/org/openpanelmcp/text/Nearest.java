package org.openpanelmcp.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class Nearest {
    /** Longer words are cut before they are compared, so that a hostile one costs little. */
    private static final int LONGEST = 100;

    private Nearest() {}

    /** The one known word that differs by few letters, ignoring case; empty when none is near. */
    public static Optional<String> to(String word, Collection<String> known) {
        return several(word, known, 1).stream().findFirst();
    }

    /** Up to {@code limit} near words, the nearest first, then by name. */
    public static List<String> several(String word, Collection<String> known, int limit) {
        var wanted = comparable(word);
        return known.stream()
                .map(candidate -> new Scored(candidate, distance(wanted, comparable(candidate))))
                .filter(scored -> scored.distance() <= tolerated(wanted, scored.word()))
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::word))
                .limit(limit)
                .map(Scored::word)
                .toList();
    }

    private record Scored(String word, int distance) {}

    private static int tolerated(String wanted, String candidate) {
        return Math.max(1, Math.min(wanted.length(), candidate.length()) / 2);
    }

    private static String comparable(String word) {
        var cut = word.length() > LONGEST ? word.substring(0, LONGEST) : word;
        return cut.toLowerCase(Locale.ROOT);
    }

    /** Levenshtein distance; a prefix of at least three letters counts as one change. */
    private static int distance(String left, String right) {
        if (left.length() >= 3 && right.startsWith(left)) {
            return left.length() == right.length() ? 0 : 1;
        }
        var previous = new int[right.length() + 1];
        for (var column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (var row = 1; row <= left.length(); row++) {
            var current = new int[right.length() + 1];
            current[0] = row;
            for (var column = 1; column <= right.length(); column++) {
                var change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
                current[column] =
                        Math.min(Math.min(current[column - 1], previous[column]) + 1, previous[column - 1] + change);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
