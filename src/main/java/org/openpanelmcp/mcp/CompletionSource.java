package org.openpanelmcp.mcp;

import java.util.List;
import java.util.Map;

/**
 * Suggests values while a user fills in an argument.
 *
 * @param <C> what the product knows about a caller
 */
public interface CompletionSource<C> {
    /**
     * Values that start as the user began, best first.
     *
     * @param begun what the user typed so far
     * @param others arguments that are filled in already
     */
    List<String> complete(
            C caller, Subject subject, String argument, String begun, Map<String, String> others, CallContext context);

    /** Whether there are completions at all; without, clients are told so. */
    default boolean offered() {
        return true;
    }

    static <C> CompletionSource<C> none() {
        return new CompletionSource<>() {
            @Override
            public List<String> complete(
                    C caller,
                    Subject subject,
                    String argument,
                    String begun,
                    Map<String, String> others,
                    CallContext context) {
                return List.of();
            }

            @Override
            public boolean offered() {
                return false;
            }
        };
    }

    /** Whose argument is filled in. */
    sealed interface Subject {
        record Prompt(String name) implements Subject {}

        /** A resource template by its pattern. */
        record Resource(String uri) implements Subject {}
    }
}
