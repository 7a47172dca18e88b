package org.openpanelmcp.query;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one dimension: at least one of {@code wanted} (when there is any) and none of {@code unwanted}.
 *
 * <p>Matching is case-sensitive. An empty stored text and a missing property are the same: not set.
 */
public record Filter(Dimension dimension, List<Match> wanted, List<Match> unwanted) {
    /** At most this many values in one filter. */
    public static final int MOST_VALUES = 100;

    public Filter {
        wanted = List.copyOf(wanted);
        unwanted = List.copyOf(unwanted);
    }

    /** One value of a filter. */
    public sealed interface Match {
        /** Whether it matches a value that is not set. */
        boolean isNothing();

        /** Exactly this text; the empty text means not set. */
        record Exactly(String text) implements Match {
            @Override
            public boolean isNothing() {
                return text.isEmpty();
            }
        }

        /** A text with {@code any} between its pieces: {@code [a, b]} matches whatever begins with a and ends with b. */
        record Pattern(List<String> pieces) implements Match {
            public Pattern {
                pieces = List.copyOf(pieces);
            }

            @Override
            public boolean isNothing() {
                return pieces.stream().allMatch(String::isEmpty);
            }
        }
    }

    /**
     * Reads values as callers write them: {@code !} before a value negates, {@code *} stands for any text, a backslash
     * before either makes it plain, null is "not set".
     */
    public static Filter of(Dimension dimension, List<@Nullable String> values) {
        var wanted = new ArrayList<Match>();
        var unwanted = new ArrayList<Match>();
        for (var value : values) {
            if (value != null && value.startsWith("!")) {
                unwanted.add(match(value.substring(1)));
            } else {
                wanted.add(match(value == null ? "" : value));
            }
        }
        return new Filter(dimension, wanted, unwanted);
    }

    /** A filter for exactly one value, in which no character has a meaning of its own. */
    public static Filter exactly(Dimension dimension, String value) {
        return new Filter(dimension, List.of(new Match.Exactly(value)), List.of());
    }

    private static Match match(String written) {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            char character = written.charAt(i);
            boolean escapes =
                    character == '\\' && i + 1 < written.length() && "!*\\".indexOf(written.charAt(i + 1)) >= 0;
            if (escapes) {
                piece.append(written.charAt(++i));
            } else if (character == '*') {
                pieces.add(piece.toString());
                piece.setLength(0);
            } else {
                piece.append(character);
            }
        }
        pieces.add(piece.toString());
        return pieces.size() == 1 ? new Match.Exactly(pieces.getFirst()) : new Match.Pattern(pieces);
    }

    /** Whether a value that is not set fulfils it. */
    boolean acceptsNothing() {
        return (wanted.isEmpty() || wanted.stream().anyMatch(Match::isNothing))
                && unwanted.stream().noneMatch(Match::isNothing);
    }

    /** The condition on an expression that gives the dimension's value, never null. */
    Sql on(Sql expression, Dialect dialect) {
        var conditions = new ArrayList<Sql>();
        if (!wanted.isEmpty()) {
            conditions.add(anyOf(wanted, expression, dialect));
        }
        if (!unwanted.isEmpty()) {
            conditions.add(Sql.of("not ").then(anyOf(unwanted, expression, dialect)));
        }
        return Sql.and(conditions);
    }

    private static Sql anyOf(List<Match> matches, Sql expression, Dialect dialect) {
        var texts = matches.stream()
                .filter(Match.Exactly.class::isInstance)
                .map(match -> Sql.value(((Match.Exactly) match).text()))
                .toList();
        var exact = texts.isEmpty()
                ? Stream.<Sql>empty()
                : Stream.of(Sql.template("{value} in ({texts})")
                        .put("value", expression)
                        .put("texts", Sql.join(texts, ", "))
                        .sql());
        var patterns = matches.stream()
                .filter(Match.Pattern.class::isInstance)
                .map(match -> dialect.like(expression, Sql.value(likePattern((Match.Pattern) match))));
        var any = Sql.or(Stream.concat(exact, patterns).toList());
        return Sql.of("(").then(any).then(Sql.of(")"));
    }

    private static String likePattern(Match.Pattern pattern) {
        return String.join(
                "%", pattern.pieces().stream().map(Filter::escapedForLike).toList());
    }

    /** The text with the wildcards of {@code like} made plain. */
    public static String escapedForLike(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
