package org.openpanelmcp.access;

import java.util.regex.Pattern;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.http.Request;
import org.openpanelmcp.metadata.Identifiers;

/**
 * Finds the token of a request: {@code ?token=} first, then {@code Authorization: Bearer}.
 *
 * @param urlTokens whether the address may carry a token; when not, one there is ignored
 */
public record TokenReader(boolean urlTokens) {
    private static final Pattern BEARER = Pattern.compile("bearer +(.*)", Pattern.CASE_INSENSITIVE);

    /** @throws Problem 401 when there is no token, or none that could belong to a client */
    public Token read(Request request) {
        var token = Token.decode(text(request)).orElseThrow(Refusals::noToken);
        if (!Identifiers.isClientId(token.clientId())) {
            throw Refusals.clientId();
        }
        if (token.secret().isEmpty()) {
            throw Refusals.secretMissing();
        }
        return token;
    }

    /**
     * A single token in the address wins even when it is empty; a repeated one counts as none. Both as in the original:
     * a client that works there works here.
     */
    private String text(Request request) {
        var inAddress = request.query("token");
        var text = urlTokens && inAddress.size() == 1 ? inAddress.getFirst() : inHeader(request);
        if (text.isBlank()) {
            throw Refusals.missingToken(urlTokens);
        }
        return text;
    }

    private static String inHeader(Request request) {
        var headers = request.headers("Authorization");
        if (headers.size() > 1) {
            throw Refusals.severalTokens();
        }
        if (headers.isEmpty()) {
            return "";
        }
        var bearer = BEARER.matcher(headers.getFirst().strip());
        return bearer.matches() ? bearer.group(1) : "";
    }
}
