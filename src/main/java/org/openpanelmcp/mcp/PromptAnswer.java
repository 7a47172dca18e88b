package org.openpanelmcp.mcp;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a prompt gives back. */
public sealed interface PromptAnswer permits PromptAnswer.Messages, InputRequired {
    /** @param messages as the protocol defines them: a role and one content block */
    record Messages(@Nullable String description, List<ObjectNode> messages) implements PromptAnswer {
        public Messages {
            messages = List.copyOf(messages);
        }
    }

    /** One message of the user. */
    static Messages user(String text) {
        var message = JsonNodeFactory.instance.objectNode().put("role", "user");
        message.putObject("content").put("type", "text").put("text", text);
        return new Messages(null, List.of(message));
    }
}
