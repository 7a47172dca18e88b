package org.openpanelmcp.mcp;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.openpanelmcp.http.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which revision a request speaks, and whether its headers say the same as its body. */
final class HeaderRules {
    private static final String VERSION = "MCP-Protocol-Version";
    private static final String ENCODED = "=?base64?";
    private static final String ENCODED_END = "?=";

    private HeaderRules() {}

    /**
     * The revision that the header names; empty without header.
     *
     * @throws Fault when the header names none that is known here, or two
     */
    static Optional<Revision> named(Request request) {
        return single(request, VERSION)
                .map(date -> Revision.find(date).orElseThrow(() -> Fault.unsupportedRevision(date)));
    }

    /**
     * The revision of a request. A header that names an older revision wins over the body: a widely used connector sends
     * it along with the newer revision's {@code _meta}, and its calls are to work.
     *
     * @throws Fault as the newer revision prescribes it
     */
    static Revision of(Request request, ObjectNode params) {
        var header = single(request, VERSION);
        var known = header.flatMap(Revision::find);
        if (known.isPresent() && !known.get().modern()) {
            return known.get();
        }
        var meta = params.path("_meta");
        var version = meta.path(MetaKey.PROTOCOL_VERSION);
        if (header.isEmpty() && !version.isString()) {
            return Revision.V2025_03_26;
        }
        if (header.isEmpty()) {
            throw Fault.headerMismatch("The header " + VERSION + " is missing; it repeats the version of the body.");
        }
        if (!version.isString()) {
            throw known.isEmpty()
                    ? Fault.unsupportedRevision(header.get())
                    : Fault.missingMeta("'params._meta' has to hold '" + MetaKey.PROTOCOL_VERSION + "'.");
        }
        if (!version.stringValue().equals(header.get())) {
            throw Fault.headerMismatch("The header " + VERSION + " and the body name different versions.");
        }
        if (!meta.path(MetaKey.CLIENT_CAPABILITIES).isObject()) {
            throw Fault.missingMeta(
                    "'params._meta' has to hold '" + MetaKey.CLIENT_CAPABILITIES + "', an object (may be empty).");
        }
        return known.orElseThrow(() -> Fault.unsupportedRevision(version.stringValue()));
    }

    /** @throws Fault when {@code Mcp-Method} or {@code Mcp-Name} do not repeat what the body says */
    static void check(Request request, Message.Call call, Optional<String> subject) {
        repeats(request, "Mcp-Method", call.method());
        subject.map(call.params()::get)
                .filter(value -> value != null && value.isString())
                .ifPresent(value -> repeats(request, "Mcp-Name", value.stringValue()));
    }

    /** @throws Fault when an argument that the tool wants repeated as header {@code Mcp-Param-…} is not, or differs */
    static void checkArguments(Request request, ToolDefinition tool, JsonNode arguments) {
        tool.inputSchema().path("properties").properties().forEach(property -> {
            var suffix = property.getValue().path("x-mcp-header");
            if (suffix.isString()) {
                var name = "Mcp-Param-" + suffix.stringValue();
                var header = single(request, name).map(value -> decoded(name, value));
                var value = arguments.path(property.getKey());
                var absent = value.isMissingNode() || value.isNull();
                if (absent
                        ? header.isPresent()
                        : header.filter(text -> same(value, text)).isEmpty()) {
                    throw Fault.headerMismatch(
                            "The header " + name + " has to repeat the argument '" + property.getKey() + "'.");
                }
            }
        });
    }

    private static void repeats(Request request, String header, String value) {
        var text = single(request, header)
                .orElseThrow(() -> Fault.headerMismatch("The header " + header + " is missing."));
        if (!decoded(header, text).equals(value)) {
            throw Fault.headerMismatch("The header " + header + " and the body differ.");
        }
    }

    private static boolean same(JsonNode value, String text) {
        if (!value.isNumber()) {
            return value.isString()
                    ? value.stringValue().equals(text)
                    : value.toString().equals(text);
        }
        try {
            return value.decimalValue().compareTo(new BigDecimal(text)) == 0;
        } catch (NumberFormatException noNumber) {
            return false;
        }
    }

    /** One value; proxies are known to repeat a header, which is harmless when the values are the same. */
    private static Optional<String> single(Request request, String name) {
        var values = request.headers(name);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        var first = values.getFirst();
        if (values.size() == 1 && first.indexOf(',') < 0) {
            return Optional.of(first);
        }
        var distinct = (name.equals(VERSION) ? List.of(String.join(",", values).split(",")) : values)
                .stream().map(String::strip).distinct().toList();
        if (distinct.size() != 1) {
            throw Fault.headerMismatch("The header " + name + " is given more than once with different values.");
        }
        return Optional.of(distinct.getFirst());
    }

    private static String decoded(String name, String value) {
        if (!value.startsWith(ENCODED)
                || !value.endsWith(ENCODED_END)
                || value.length() < ENCODED.length() + ENCODED_END.length()) {
            return value;
        }
        var inner = value.substring(ENCODED.length(), value.length() - ENCODED_END.length());
        try {
            if (inner.length() % 4 != 0) {
                throw new IllegalArgumentException("padding");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(inner)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            throw Fault.headerMismatch("The header " + name + " is not valid base64 of UTF-8 text.");
        }
    }
}
