package org.openpanelmcp.ops;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.openpanelmcp.http.OriginPolicy;
import org.openpanelmcp.http.Request;
import org.openpanelmcp.http.Response;
import org.openpanelmcp.http.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/** Whether the server runs, and whether it can do its work: for whatever starts it again or sends it requests. */
public final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final Map<String, Supplier<String>> checks;

    /** @param checks by the name of the part: what is wrong with it, or nothing */
    public Health(Map<String, Supplier<String>> checks) {
        this.checks = new LinkedHashMap<>(checks);
    }

    public Router addTo(Router router) {
        return router.add("GET", "/healthz/live", OriginPolicy.ANY, request -> json(200, "ok", Map.of()))
                .add("GET", "/healthz/ready", OriginPolicy.ANY, this::ready);
    }

    private Response ready(Request request) {
        var troubles = new LinkedHashMap<String, String>();
        checks.forEach((part, check) -> {
            var trouble = trouble(part, check);
            if (!trouble.isEmpty()) {
                troubles.put(part, trouble);
            }
        });
        return troubles.isEmpty() ? json(200, "ok", Map.of()) : json(503, "not ready", troubles);
    }

    private static String trouble(String part, Supplier<String> check) {
        try {
            return check.get();
        } catch (RuntimeException failure) {
            LOG.warn("The check of {} failed", part, failure);
            return "does not answer; the log has the reason";
        }
    }

    private static Response json(int status, String word, Map<String, String> troubles) {
        var json = JsonNodeFactory.instance.objectNode().put("status", word);
        if (!troubles.isEmpty()) {
            var parts = json.putObject("troubles");
            troubles.forEach(parts::put);
        }
        return Response.json(status, json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
