package org.openpanelmcp.tool;

import java.util.List;

/**
 * Why a tool gives no answer, told to the model so that it can do better.
 *
 * <p>It becomes {@code {"error": {"code", "message", "hint", "problems": [{"field", "message"}]}}} with {@code isError}.
 */
public final class ToolProblem extends RuntimeException {
    /** So many are told in one answer. */
    static final int MOST_NAMED = 20;

    private final Code code;
    private final String hint;
    private final List<Field> problems;

    /** What kind of problem; the lower-case name is the stable code for programs. */
    public enum Code {
        INVALID_ARGUMENTS,
        PROJECT_REQUIRED,
        NOT_FOUND,
        TIMEOUT,
        CANCELLED,
        TOO_LARGE,
        BUSY,
        UNAVAILABLE,
        INTERNAL
    }

    /** One argument that needs a change. */
    public record Field(String field, String message) {}

    public ToolProblem(Code code, String message, String hint) {
        this(code, message, hint, List.of());
    }

    private ToolProblem(Code code, String message, String hint, List<Field> problems) {
        super(message, null, false, false);
        this.code = code;
        this.hint = hint;
        this.problems = List.copyOf(problems);
    }

    /** The arguments that need a change, in one answer; of very many the first ones. */
    public static ToolProblem arguments(List<Field> problems) {
        int count = problems.size();
        var message = count == 1
                ? problems.getFirst().message()
                : count + " arguments need a change."
                        + (count > MOST_NAMED ? " The first " + MOST_NAMED + " are named." : "");
        return new ToolProblem(
                Code.INVALID_ARGUMENTS,
                message,
                "Change what is named in problems and call again.",
                problems.subList(0, Math.min(count, MOST_NAMED)));
    }

    public Code code() {
        return code;
    }

    /** What to do next. */
    public String hint() {
        return hint;
    }

    public List<Field> problems() {
        return problems;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
