package org.openpanelmcp.mcp;

import org.jspecify.annotations.Nullable;

/**
 * What a server offers over the protocol.
 *
 * @param instructions for the model: how the tools belong together
 * @param changes tells listening clients when a list changed; null when no list changes while the server runs
 * @param logging whether calls send log messages to their client
 * @param <C> what the product knows about a caller
 */
public record Offering<C>(
        Identity server,
        String instructions,
        ToolSource<C> tools,
        ResourceSource<C> resources,
        PromptSource<C> prompts,
        CompletionSource<C> completions,
        @Nullable ListChanges changes,
        boolean logging) {
    /** Tools only; nothing changes while the server runs. */
    public static <C> Offering<C> ofTools(Identity server, String instructions, ToolSource<C> tools) {
        return new Offering<>(
                server,
                instructions,
                tools,
                ResourceSource.none(),
                PromptSource.none(),
                CompletionSource.none(),
                null,
                false);
    }

    /** How the server introduces itself. */
    public record Identity(String name, String title, String version) {}
}
