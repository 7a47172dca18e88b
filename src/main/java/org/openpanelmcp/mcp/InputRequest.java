package org.openpanelmcp.mcp;

import tools.jackson.databind.node.ObjectNode;

/**
 * A question to the client, asked while a call waits.
 *
 * @param params as the protocol defines them for the kind
 */
public record InputRequest(Kind kind, ObjectNode params) {
    /** Whom the client asks. */
    public enum Kind {
        /** The user, through a form. */
        ELICITATION("elicitation/create", "elicitation"),
        /** The model. */
        SAMPLING("sampling/createMessage", "sampling"),
        /** The client itself: the folders it works on. */
        ROOTS("roots/list", "roots");

        private final String method;
        private final String capability;

        Kind(String method, String capability) {
            this.method = method;
            this.capability = capability;
        }

        public String method() {
            return method;
        }

        /** The name under which a client declares that it can be asked. */
        public String capability() {
            return capability;
        }
    }
}
