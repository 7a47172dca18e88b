package org.openpanelmcp.mcp;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests that a client may send. */
enum Method {
    INITIALIZE("initialize", Era.LEGACY, Pace.QUICK, null),
    PING("ping", Era.LEGACY, Pace.QUICK, null),
    SET_LOG_LEVEL("logging/setLevel", Era.LEGACY, Pace.QUICK, null),
    SUBSCRIBE("resources/subscribe", Era.LEGACY, Pace.QUICK, null),
    UNSUBSCRIBE("resources/unsubscribe", Era.LEGACY, Pace.QUICK, null),
    DISCOVER("server/discover", Era.MODERN, Pace.QUICK, null),
    LISTEN("subscriptions/listen", Era.MODERN, Pace.QUICK, null),
    TOOLS_LIST("tools/list", Era.BOTH, Pace.QUICK, null),
    TOOLS_CALL("tools/call", Era.BOTH, Pace.SLOW, "name"),
    RESOURCES_LIST("resources/list", Era.BOTH, Pace.QUICK, null),
    RESOURCES_TEMPLATES_LIST("resources/templates/list", Era.BOTH, Pace.QUICK, null),
    RESOURCES_READ("resources/read", Era.BOTH, Pace.SLOW, "uri"),
    PROMPTS_LIST("prompts/list", Era.BOTH, Pace.QUICK, null),
    PROMPTS_GET("prompts/get", Era.BOTH, Pace.SLOW, "name"),
    COMPLETE("completion/complete", Era.BOTH, Pace.SLOW, null);

    private enum Era {
        LEGACY,
        MODERN,
        BOTH;

        boolean has(Revision revision) {
            return switch (this) {
                case LEGACY -> !revision.modern();
                case MODERN -> revision.modern();
                case BOTH -> true;
            };
        }
    }

    private enum Pace {
        QUICK,
        SLOW
    }

    private final String wireName;
    private final Era era;
    private final Pace pace;
    private final @Nullable String subject;

    Method(String wireName, Era era, Pace pace, @Nullable String subject) {
        this.wireName = wireName;
        this.era = era;
        this.pace = pace;
        this.subject = subject;
    }

    static Optional<Method> find(String wireName, Revision revision) {
        return Arrays.stream(values())
                .filter(method -> method.wireName.equals(wireName) && method.era.has(revision))
                .findFirst();
    }

    String wireName() {
        return wireName;
    }

    /** Whether product code runs that may take long, so that the call gets a thread, a time limit and cancellation. */
    boolean slow() {
        return pace == Pace.SLOW;
    }

    /** The parameter that names what is called; the header {@code Mcp-Name} repeats it. */
    Optional<String> subject() {
        return Optional.ofNullable(subject);
    }
}
