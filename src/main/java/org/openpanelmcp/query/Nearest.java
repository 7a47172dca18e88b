package org.openpanelmcp.query;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class Nearest {
    private static final int LONGEST = 200;

    private Nearest() {}

    /** The candidate that differs least, unless even that one has little in common with the text. */
    public static Optional<String> to(String text, Collection<String> candidates) {
        return ranked(text, candidates, 1).stream().findFirst();
    }

    /** Up to {@code count} candidates that resemble the text, the most similar first. */
    public static List<String> ranked(String text, Collection<String> candidates, int count) {
        var wanted = normal(text);
        int bound = Math.max(1, wanted.length() * 2 / 5);
        return candidates.stream()
                .map(candidate -> new Scored(candidate, score(wanted, normal(candidate))))
                .filter(scored -> scored.distance() <= bound)
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::candidate))
                .limit(count)
                .map(Scored::candidate)
                .toList();
    }

    private record Scored(String candidate, int distance) {}

    private static String normal(String text) {
        var plain = text.toLowerCase(Locale.ROOT).replaceAll("[\\s_.-]", "");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    }

    private static int score(String wanted, String candidate) {
        if (wanted.length() >= 3 && (candidate.startsWith(wanted) || wanted.startsWith(candidate))) {
            return candidate.isEmpty() ? LONGEST : 1;
        }
        return distance(wanted, candidate);
    }

    /** Edits (insert, delete, replace, swap of neighbours) between two texts. */
    private static int distance(String first, String second) {
        int[] beforeLast = new int[second.length() + 1];
        int[] last = new int[second.length() + 1];
        for (int j = 0; j <= second.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= first.length(); i++) {
            int[] row = new int[second.length() + 1];
            row[0] = i;
            for (int j = 1; j <= second.length(); j++) {
                int replaced = last[j - 1] + (first.charAt(i - 1) == second.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, replaced);
                if (i > 1
                        && j > 1
                        && first.charAt(i - 1) == second.charAt(j - 2)
                        && first.charAt(i - 2) == second.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[second.length()];
    }
}
