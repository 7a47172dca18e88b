package org.openpanelmcp.query;

import com.google.errorprone.annotations.CompileTimeConstant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A piece of SQL: text from the source code, values that came from anywhere, and the tables of one project.
 *
 * <p>The text is a compile-time constant (the compiler refuses anything else), so no outside value can become part of
 * it. Immutable.
 */
public final class Sql {
    /** What a piece is made of. */
    public sealed interface Part {}

    /** Text from the source code. */
    public record Text(String text) implements Part {}

    /** A value that the engine receives apart from the text. */
    public record Bind(Object value) implements Part {}

    /** A table of which only the rows of one project are seen; the text between is {@code inner}. */
    public record Source(ProjectScope scope, Sql inner) implements Part {}

    private final List<Part> parts;

    private Sql(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Text without values. */
    public static Sql of(@CompileTimeConstant String text) {
        return new Sql(List.of(new Text(text)));
    }

    /** A name with a number behind it, such as {@code step_3}: for columns and tables of which there are several. */
    public static Sql numbered(@CompileTimeConstant String name, int number) {
        if (number < 0) {
            throw new IllegalArgumentException("no number of a name: " + number);
        }
        return new Sql(List.of(new Text(name + number)));
    }

    /** One bound value: text, whole number, fraction, boolean or instant. */
    public static Sql value(Object value) {
        return new Sql(List.of(new Bind(checked(value))));
    }

    /** A project's rows of one table; only dialects make these. */
    public static Sql source(ProjectScope scope, Sql inner) {
        return new Sql(List.of(new Source(scope, inner)));
    }

    /** The pieces one after the other, with {@code separator} between them. */
    public static Sql join(List<Sql> pieces, @CompileTimeConstant String separator) {
        var parts = new ArrayList<Part>();
        for (var piece : pieces) {
            if (!parts.isEmpty()) {
                parts.add(new Text(separator));
            }
            parts.addAll(piece.parts);
        }
        return new Sql(parts);
    }

    /** All of the conditions; {@code true} when there are none. */
    public static Sql and(List<Sql> conditions) {
        return conditions.isEmpty()
                ? of("true")
                : of("(").then(join(conditions, ") and (")).then(of(")"));
    }

    /** At least one of the conditions; {@code false} when there are none. */
    public static Sql or(List<Sql> conditions) {
        return conditions.isEmpty()
                ? of("false")
                : of("(").then(join(conditions, " or ")).then(of(")"));
    }

    public Sql then(Sql next) {
        return join(List.of(this, next), "");
    }

    /** Text with named places such as {@code {range}}, filled by {@link Template#put} and {@link Template#bind}. */
    public static Template template(@CompileTimeConstant String text) {
        return new Template(text);
    }

    public List<Part> parts() {
        return parts;
    }

    /** What an engine receives: the text, and the values in the order of their places. */
    public record Rendered(String text, List<Object> values) {}

    /** Writes the text, with {@code placeholder} giving the mark for the n-th value (from 1). */
    public Rendered render(BiFunction<Integer, Object, String> placeholder) {
        var text = new StringBuilder();
        var values = new ArrayList<Object>();
        renderTo(text, values, placeholder);
        return new Rendered(text.toString(), List.copyOf(values));
    }

    private void renderTo(StringBuilder text, List<Object> values, BiFunction<Integer, Object, String> placeholder) {
        for (var part : parts) {
            switch (part) {
                case Text(String constant) -> text.append(constant);
                case Bind(Object value) -> {
                    values.add(value);
                    text.append(placeholder.apply(values.size(), value));
                }
                case Source(ProjectScope scope, Sql inner) -> inner.renderTo(text, values, placeholder);
            }
        }
    }

    /** Text for humans: values shown as {@code ?}. */
    @Override
    public String toString() {
        return render((place, value) -> "?").text();
    }

    private static Object checked(Object value) {
        return switch (value) {
            case String text -> text;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Double number -> number;
            case Boolean truth -> truth;
            case Instant instant -> instant;
            default ->
                throw new IllegalArgumentException(
                        "cannot bind a " + value.getClass().getSimpleName());
        };
    }

    /** A text whose places are still being filled. Not shared between threads. */
    public static final class Template {
        private final String text;
        private final Map<String, Sql> places = new LinkedHashMap<>();

        private Template(String text) {
            this.text = text;
        }

        /** Puts a piece of SQL in a place. */
        public Template put(String place, Sql piece) {
            places.put(place, piece);
            return this;
        }

        /** Puts a bound value in a place. */
        public Template bind(String place, Object value) {
            return put(place, value(value));
        }

        /** @throws IllegalStateException when a place is not filled or a filled one does not occur */
        public Sql sql() {
            var parts = new ArrayList<Part>();
            var unused = new LinkedHashMap<>(places);
            int at = 0;
            for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
                int close = text.indexOf('}', open);
                var place = text.substring(open + 1, close);
                var piece = places.get(place);
                if (piece == null) {
                    throw new IllegalStateException("place {" + place + "} is not filled");
                }
                unused.remove(place);
                parts.add(new Text(text.substring(at, open)));
                parts.addAll(piece.parts);
                at = close + 1;
            }
            parts.add(new Text(text.substring(at)));
            if (!unused.isEmpty()) {
                throw new IllegalStateException("no place for " + unused.keySet());
            }
            return new Sql(parts);
        }
    }
}
