package org.openpanelmcp.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a caller shows: a client id and its secret, sent as base64 of {@code clientId:clientSecret}.
 *
 * @param clientId as sent, not checked yet
 * @param secret as sent; may hold colons, may be empty
 */
public record Token(String clientId, String secret) {
    /** Far longer than any token we issue; keeps a hostile one from costing work. */
    private static final int LONGEST = 4_096;

    /**
     * Reads a token as leniently as the original does: standard or URL-safe alphabet, with or without padding, foreign
     * characters skipped. A space inside stands for the {@code +} that it was before an address was decoded.
     *
     * @return empty when it holds no colon, which covers anything that is no token
     */
    public static Optional<Token> decode(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        var decoded = new String(bytes(text.strip()), StandardCharsets.UTF_8);
        var colon = decoded.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new Token(decoded.substring(0, colon), decoded.substring(colon + 1)));
    }

    /** The form that callers send, safe in an address. */
    public String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** Without the secret, so that no log line holds one. */
    @Override
    public String toString() {
        return "Token[clientId=" + clientId + "]";
    }

    private static byte[] bytes(String text) {
        var digits = new StringBuilder(text.length());
        for (var index = 0; index < text.length(); index++) {
            var character = text.charAt(index);
            if (isAlphanumeric(character)) {
                digits.append(character);
            } else if (character == '+' || character == ' ' || character == '-') {
                digits.append('+');
            } else if (character == '/' || character == '_') {
                digits.append('/');
            } else if (character == '=') {
                break;
            }
        }
        // One digit alone at the end is six bits, no byte; the decoder would refuse it.
        if (digits.length() % 4 == 1) {
            digits.setLength(digits.length() - 1);
        }
        return Base64.getDecoder().decode(digits.toString());
    }

    private static boolean isAlphanumeric(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9');
    }
}
