package org.openpanelmcp.tool;

import java.util.ArrayList;
import java.util.List;

/**
 * What a tool is called and how it is explained to a model.
 *
 * @param what what it answers and in which unit
 * @param useWhen the questions it is for
 * @param hints what to mind, one sentence each
 * @param examples argument objects with what they ask
 */
public record ToolSpec<I extends Record, R extends Record>(
        String name,
        String title,
        Class<I> input,
        Class<R> result,
        String what,
        String useWhen,
        List<String> hints,
        List<Example> examples) {

    /** One call: what it asks, and the arguments as JSON. */
    public record Example(String asks, String arguments) {}

    public ToolSpec {
        hints = List.copyOf(hints);
        examples = List.copyOf(examples);
    }

    public static <I extends Record, R extends Record> ToolSpec<I, R> of(
            String name, String title, Class<I> input, Class<R> result) {
        return new ToolSpec<>(name, title, input, result, "", "", List.of(), List.of());
    }

    public ToolSpec<I, R> what(String text) {
        return new ToolSpec<>(name, title, input, result, text, useWhen, hints, examples);
    }

    public ToolSpec<I, R> useWhen(String text) {
        return new ToolSpec<>(name, title, input, result, what, text, hints, examples);
    }

    public ToolSpec<I, R> hint(String text) {
        return new ToolSpec<>(name, title, input, result, what, useWhen, added(hints, text), examples);
    }

    public ToolSpec<I, R> example(String asks, String arguments) {
        var example = new Example(asks, arguments);
        return new ToolSpec<>(name, title, input, result, what, useWhen, hints, added(examples, example));
    }

    /** The one shape of all descriptions: what, when, hints, example. */
    public String description() {
        var text = new StringBuilder(what);
        if (!useWhen.isEmpty()) {
            text.append("\nUse when ").append(useWhen).append('.');
        }
        hints.forEach(hint -> text.append('\n').append(hint));
        examples.forEach(example ->
                text.append("\nE.g. ").append(example.asks()).append(": ").append(example.arguments()));
        return text.toString();
    }

    private static <T> List<T> added(List<T> list, T element) {
        var longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }
}
