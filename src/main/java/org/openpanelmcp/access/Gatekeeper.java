package org.openpanelmcp.access;

import org.openpanelmcp.http.Problem;
import org.openpanelmcp.http.Request;
import org.openpanelmcp.metadata.Client;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.Project;

/**
 * Lets clients in that may read, on every request. Safe for several threads.
 *
 * <p>The client, its project and its organization are read each time, so that what somebody revoked or deleted is closed
 * at the next call; only the outcome of the costly secret check is remembered.
 */
public final class Gatekeeper {
    private final Metadata metadata;
    private final TokenReader tokens;
    private final SecretVerifier secrets;
    private final FailureLimit failures;
    private final CallLimit calls;

    public Gatekeeper(
            Metadata metadata, TokenReader tokens, SecretVerifier secrets, FailureLimit failures, CallLimit calls) {
        this.metadata = metadata;
        this.tokens = tokens;
        this.secrets = secrets;
        this.failures = failures;
        this.calls = calls;
    }

    /**
     * Decides who is calling.
     *
     * @throws Problem 401 with the reason, as far as the caller has proven that it may know it; 429 after too many
     *     failures from the address or too many requests of the client; 503 when too many secrets are being checked
     */
    public Admitted admit(Request request) {
        var client = authenticated(request);
        var access = accessOf(client);
        return new Admitted(access, client, calls.count(client.id()));
    }

    private Client authenticated(Request request) {
        var attempt = failures.attemptFrom(request.clientAddress());
        var token = token(request, attempt);
        var client = metadata.clients().find(token.clientId());
        if (client.isEmpty()) {
            attempt.fail();
            throw Refusals.credentials();
        }
        if (!secrets.verify(client.get(), token.secret(), attempt)) {
            throw Refusals.credentials();
        }
        return client.get();
    }

    private Token token(Request request, FailureLimit.Attempt attempt) {
        try {
            return tokens.read(request);
        } catch (Problem problem) {
            // No token at all is how clients ask what is wanted here; it guesses nothing.
            if (problem.code().equals(Refusals.INVALID_TOKEN)) {
                attempt.fail();
            }
            throw problem;
        }
    }

    private Access accessOf(Client client) {
        if (metadata.organizations().find(client.organizationId()).isEmpty()) {
            throw Refusals.organizationGone();
        }
        return switch (client.type()) {
            case ROOT -> new Access.Root(client.id(), client.organizationId());
            case READ ->
                new Access.Read(
                        client.id(), client.organizationId(), projectOf(client).id());
            case WRITE -> throw Refusals.writeOnly();
        };
    }

    private Project projectOf(Client client) {
        var projectId = client.projectId();
        if (projectId == null) {
            throw Refusals.withoutProject();
        }
        return metadata.projects()
                .find(projectId)
                .filter(project -> project.deletedAt() == null)
                .orElseThrow(Refusals::projectGone);
    }
}
