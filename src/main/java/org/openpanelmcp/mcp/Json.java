package org.openpanelmcp.mcp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON text from and to clients, with bounds on what is read. */
final class Json {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_DIGITS = 100;
    private static final int MAX_NAME = 10_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_DIGITS)
                            .maxNameLength(MAX_NAME)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** @throws Fault -32700 saying what is wrong with the text */
    static JsonNode read(byte[] body) {
        if (body.length == 0) {
            throw Fault.unreadable("The request has no body; send one JSON-RPC message.");
        }
        try {
            // Decoded here, because the parser would also take UTF-16 and some malformed UTF-8.
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return finite(MAPPER.readTree(text.toString()));
        } catch (CharacterCodingException notUtf8) {
            throw Fault.unreadable("The body is not valid UTF-8.");
        } catch (StreamConstraintsException beyond) {
            throw Fault.unreadable("The JSON goes beyond a limit: at most " + MAX_DEPTH + " levels of nesting, "
                    + MAX_DIGITS + " digits in a number and " + MAX_NAME + " characters in a name.");
        } catch (MismatchedInputException duplicate) {
            throw Fault.unreadable("The body is not one JSON value without repeated names.");
        } catch (JacksonException malformed) {
            var place = malformed.getLocation();
            throw Fault.unreadable(
                    place == null
                            ? "The body is not valid JSON."
                            : "The body is not valid JSON: line " + place.getLineNr() + ", column "
                                    + place.getColumnNr() + ".");
        }
    }

    /** A number such as 1e999 is read as infinite, which JSON cannot say; whoever sent it did not mean that. */
    private static JsonNode finite(JsonNode node) {
        if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
            throw Fault.unreadable("The JSON holds a number that is too large.");
        }
        node.forEach(Json::finite);
        return node;
    }

    static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
