package org.openpanelmcp.mcp;

import org.openpanelmcp.mcp.Gate.Admission;
import org.openpanelmcp.mcp.Message.Call;
import tools.jackson.databind.node.ObjectNode;

/** One request of an admitted caller, its revision and method known. */
record Turn<C>(Admission<C> admission, String requestId, Revision revision, Method method, Call call) {
    C caller() {
        return admission.caller();
    }

    ObjectNode params() {
        return call.params();
    }

    /** What the request says about itself; empty when it says nothing. */
    ObjectNode meta() {
        return params().get("_meta") instanceof ObjectNode meta ? meta : Json.object();
    }

    /** The tool, prompt or resource that is named; empty when none is. */
    String subject() {
        return method.subject()
                .map(params()::get)
                .filter(name -> name != null && name.isString())
                .map(name -> Fault.shortened(name.stringValue()))
                .orElse("");
    }
}
