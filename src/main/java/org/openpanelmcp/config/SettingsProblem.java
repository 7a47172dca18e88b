package org.openpanelmcp.config;

import java.util.List;

/** Settings that cannot be used; the message has one line for each. */
public final class SettingsProblem extends RuntimeException {
    private final List<String> problems;

    public SettingsProblem(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** Each names the source, the key, the value and what is allowed. */
    public List<String> problems() {
        return problems;
    }
}
