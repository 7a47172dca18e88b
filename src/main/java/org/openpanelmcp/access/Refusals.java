package org.openpanelmcp.access;

import java.time.Duration;
import java.util.Map;
import org.openpanelmcp.http.Problem;

/** The answers to callers that are not let in. */
final class Refusals {
    static final String INVALID_TOKEN = "invalid_token";

    private static final String REALM = "Bearer realm=\"openpanel-mcp\"";

    private Refusals() {}

    static Problem missingToken(boolean urlTokens) {
        var places = urlTokens
                ? "Send it as the header 'Authorization: Bearer TOKEN' or as '?token=TOKEN'."
                : "Send it as the header 'Authorization: Bearer TOKEN'; tokens in the address are switched off here.";
        return new Problem(
                401,
                "missing_token",
                "Missing authentication token. " + places + " TOKEN is base64 of clientId:clientSecret.",
                Map.of("WWW-Authenticate", REALM));
    }

    static Problem severalTokens() {
        return invalid("Invalid token format: more than one Authorization header was sent. Send one.");
    }

    static Problem noToken() {
        return invalid("Invalid token format. The token is base64 of clientId:clientSecret, joined by a colon.");
    }

    static Problem clientId() {
        return invalid("Invalid client ID format. The part before the colon must be a lower-case UUID.");
    }

    static Problem secretMissing() {
        return invalid("Client secret is required. The token has nothing after the colon.");
    }

    /** One and the same for every case that the caller has not proven to be entitled to know. */
    static Problem credentials() {
        return invalid(
                "Invalid credentials. The client is unknown or was revoked, has no secret, or the secret is wrong. Make a new client and use its token.");
    }

    static Problem writeOnly() {
        return invalid(
                "Write-only clients cannot read analytics. Make a client of type read (one project) or root (all projects of the organization) and use its token.");
    }

    static Problem withoutProject() {
        return invalid("This read client is not associated with a project. Make a new client for a project.");
    }

    static Problem projectGone() {
        return invalid("The project of this client was deleted. Make a client for another project.");
    }

    static Problem organizationGone() {
        return invalid("The organization of this client was deleted. Make a client of another organization.");
    }

    static Problem tooManyFailures(Duration wait) {
        var seconds = seconds(wait);
        return new Problem(
                429,
                "too_many_failures",
                "Too many failed authentications from this address. Check the token, then try again in %d seconds."
                        .formatted(seconds),
                Map.of("Retry-After", String.valueOf(seconds)));
    }

    static Problem busy() {
        return new Problem(
                503,
                "busy",
                "Too many credentials are being checked at once. Try again in a second.",
                Map.of("Retry-After", "1"));
    }

    /** Whole seconds, rounded up, at least one. */
    static long seconds(Duration wait) {
        return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }

    private static Problem invalid(String text) {
        return new Problem(
                401, INVALID_TOKEN, text, Map.of("WWW-Authenticate", REALM + ", error=\"" + INVALID_TOKEN + "\""));
    }
}
