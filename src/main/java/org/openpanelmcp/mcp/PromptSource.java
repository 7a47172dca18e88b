package org.openpanelmcp.mcp;

import java.util.List;
import java.util.Map;

/**
 * The prompts that the product offers to a caller.
 *
 * @param <C> what the product knows about a caller
 */
public interface PromptSource<C> {
    /** In a fixed order. */
    List<PromptDefinition> list(C caller);

    /** Writes a prompt. Only called for a listed name and with all required arguments. */
    PromptAnswer get(C caller, String prompt, Map<String, String> arguments, CallContext context);

    /** Whether there are prompts at all; without, clients are told so. */
    default boolean offered() {
        return true;
    }

    static <C> PromptSource<C> none() {
        return new PromptSource<>() {
            @Override
            public List<PromptDefinition> list(C caller) {
                return List.of();
            }

            @Override
            public PromptAnswer get(C caller, String prompt, Map<String, String> arguments, CallContext context) {
                throw new IllegalStateException("no prompt is listed");
            }

            @Override
            public boolean offered() {
                return false;
            }
        };
    }
}
