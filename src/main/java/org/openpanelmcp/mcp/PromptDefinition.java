package org.openpanelmcp.mcp;

import java.util.List;

/** A prompt as {@code prompts/list} publishes it: a piece of work that a user starts by name. */
public record PromptDefinition(String name, String title, String description, List<Argument> arguments) {
    public PromptDefinition {
        arguments = List.copyOf(arguments);
    }

    public record Argument(String name, String description, boolean required) {}
}
