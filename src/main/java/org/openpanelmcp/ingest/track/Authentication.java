package org.openpanelmcp.ingest.track;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.access.FailureLimit;
import org.openpanelmcp.access.SecretVerifier;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.http.Request;
import org.openpanelmcp.metadata.Client;
import org.openpanelmcp.metadata.Identifiers;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.TrackingClient;
import org.openpanelmcp.metadata.TrackingRules;
import tools.jackson.databind.JsonNode;

/**
 * Decides who may send: a write client that proves itself by its secret, or comes from a page of an allowed origin. What
 * somebody revoked or deleted is closed at the next request. Safe for several threads.
 */
final class Authentication {
    private final Metadata metadata;
    private final SecretVerifier secrets;
    private final FailureLimit failures;
    private final Cache<String, ProjectFilters> filters =
            Caffeine.newBuilder().maximumSize(1_000).build();

    Authentication(Metadata metadata, SecretVerifier secrets, FailureLimit failures) {
        this.metadata = metadata;
        this.secrets = secrets;
        this.failures = failures;
    }

    /**
     * Lets a tracker in.
     *
     * @param body where a client id and secret may stand, too; null: there is none
     * @throws Problem 401 with the reason; 429 after too many wrong secrets from the address
     */
    Sender tracker(Request request, @Nullable JsonNode body) {
        var known = known(request, body);
        var client = writer(known.client());
        var projectId = projectOf(known);
        var rules = known.rules();
        var kept = filters.get(rules.filtersJson(), ProjectFilters::of);
        if (!kept.addresses().isEmpty() && kept.addresses().contains(Visitor.canonical(request.clientAddress()))) {
            throw Refusal.unauthorized(
                    "address_excluded",
                    "The project takes nothing from this address. Its owner can change that in the project's filters.");
        }
        var secret = given(request, body, "secret", "clientSecret");
        boolean proven =
                !secret.isEmpty() && secrets.verify(client, secret, failures.attemptFrom(request.clientAddress()));
        var sender = new Sender(client.id(), projectId, proven, rules, kept);
        if (proven || known.open()) {
            return sender;
        }
        if (!secret.isEmpty()) {
            throw Refusal.unauthorized(
                    "wrong_secret",
                    "The client secret is wrong. Make a new client with 'client create' and use its secret.");
        }
        var origin = request.header("Origin").orElse("");
        if (!Origins.allowed(origin, rules.origins())) {
            throw origin.isEmpty()
                    ? Refusal.unauthorized(
                            "secret_missing",
                            "Without a web origin a client secret is needed: send it as the header openpanel-client-secret.")
                    : Refusal.unauthorized(
                            "origin_not_allowed",
                            "The project takes nothing from pages of %s. Allow the origin with 'project tracking %s --add-origin %s', or send the client's secret."
                                    .formatted(
                                            Refusal.shown(origin),
                                            projectId,
                                            Refusal.shown(origin).replace("'", "")));
        }
        return sender;
    }

    /**
     * Lets somebody in who loads whole rows: only with the secret.
     *
     * @throws Problem 401 with the reason
     */
    Sender loader(Request request) {
        return proven(request, "Loading events", "/import/events");
    }

    /**
     * Lets somebody in who deletes a person: only with the secret.
     *
     * @throws Problem 401 with the reason
     */
    Sender eraser(Request request) {
        return proven(request, "Deleting a person", "/profile/PROFILE_ID");
    }

    private Sender proven(Request request, String work, String path) {
        var known = known(request, null);
        var client = known.client();
        if (client.type() == Client.Type.READ) {
            throw readOnly();
        }
        var secret = given(request, null, "secret", "");
        if (secret.isEmpty() || !secrets.verify(client, secret, failures.attemptFrom(request.clientAddress()))) {
            throw Refusal.unauthorized(
                    secret.isEmpty() ? "secret_missing" : "wrong_secret",
                    work + " needs the client's secret: send it as the header openpanel-client-secret.");
        }
        var projectId = client.type() == Client.Type.ROOT ? named(request, client, path) : projectOf(known);
        return new Sender(client.id(), projectId, true, TrackingRules.NONE, ProjectFilters.of("[]"));
    }

    private String named(Request request, Client root, String path) {
        var named = request.query("projectId").stream().findFirst().orElse("");
        return metadata.projects()
                .find(named)
                .filter(project -> project.deletedAt() == null)
                .filter(project -> project.organizationId().equals(root.organizationId()))
                .orElseThrow(() -> Refusal.unauthorized(
                        "unknown_project",
                        "A root client names the project: %s?projectId=ID, of its own organization.".formatted(path)))
                .id();
    }

    private static Client writer(Client client) {
        return switch (client.type()) {
            case WRITE -> client;
            case READ -> throw readOnly();
            case ROOT ->
                throw Refusal.unauthorized(
                        "root_client",
                        "A root client belongs to no one project and cannot send events. Make a client of type write.");
        };
    }

    private static Problem readOnly() {
        return Refusal.unauthorized(
                "read_client",
                "A read client cannot send or delete anything. Make a client of type write ('client create --type write').");
    }

    private TrackingClient known(Request request, @Nullable JsonNode body) {
        var id = given(request, body, "id", "clientId");
        if (id.isEmpty()) {
            throw Refusal.unauthorized(
                    "client_missing", "The client id is missing: send it as the header openpanel-client-id.");
        }
        if (!Identifiers.isClientId(id)) {
            throw Refusal.unauthorized(
                    "invalid_client_id",
                    "The client id %s is no lower-case UUID such as 0b6d3a52-5c1e-4f0e-9d8b-3f1c2a7e4d90."
                            .formatted(Refusal.shown(id)));
        }
        return metadata.tracking().client(id).orElseThrow(Authentication::unknown);
    }

    private static String projectOf(TrackingClient known) {
        var projectId = known.client().projectId();
        if (projectId == null || !known.live()) {
            throw unknown();
        }
        return projectId;
    }

    private static Problem unknown() {
        return Refusal.unauthorized(
                "unknown_client",
                "The client is unknown or was revoked, or its project was deleted. Make a new client.");
    }

    private static String given(Request request, @Nullable JsonNode body, String header, String field) {
        return request.header("openpanel-client-" + header)
                .or(() -> request.header("mixan-client-" + header))
                .filter(value -> !value.isBlank())
                .or(() -> body == null ? Optional.empty() : body.path(field).asStringOpt())
                .orElse("")
                .strip();
    }
}
