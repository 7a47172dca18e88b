package org.openpanelmcp.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.openpanelmcp.access.World.CLIENT_ID;
import static org.openpanelmcp.access.World.HASH;
import static org.openpanelmcp.access.World.SECRET;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.metadata.Client;
import org.openpanelmcp.metadata.Metadata;

class GatekeeperTest {
    private static final int FAILURES = 5;
    private static final int CALLS = 3;
    private static final String CREDENTIALS = "Invalid credentials";

    @TempDir
    Path folder;

    private final ManualTime time = new ManualTime();
    private Metadata metadata;
    private Gatekeeper gatekeeper;

    @BeforeEach
    void open() {
        metadata = World.open(folder);
        gatekeeper = new Gatekeeper(
                metadata,
                new TokenReader(true),
                new SecretVerifier(),
                new FailureLimit(FAILURES, time),
                new CallLimit(CALLS, time));
    }

    @AfterEach
    void close() {
        metadata.close();
    }

    @Test
    void aReadClientMayReadItsProject() {
        World.client(metadata, Client.Type.READ, "acme-shop", HASH);

        var admitted = admit(SECRET);

        assertThat(admitted.access()).isEqualTo(new Access.Read(CLIENT_ID, "acme", "acme-shop"));
        assertThat(admitted.client().id()).isEqualTo(CLIENT_ID);
    }

    @Test
    void aRootClientMayReadItsOrganizationEvenWhenItsRowNamesAProject() {
        World.client(metadata, Client.Type.ROOT, "acme-shop", HASH);

        assertThat(admit(SECRET).access()).isEqualTo(new Access.Root(CLIENT_ID, "acme"));
    }

    @Test
    void case1NoToken() {
        assertRefused(() -> gatekeeper.admit(TestRequest.without()), "missing_token", "Missing authentication token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no colon", "\u0000\u0001"})
    void case2NoColon(String content) {
        assertRefused(() -> gatekeeper.admit(raw(content)), "invalid_token", "Invalid token format");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not-a-uuid",
                "ABCDEF00-1111-4111-8111-111111111111",
                "11111111-1111-4111-8111-11111111111",
                " 11111111-1111-4111-8111-111111111111"
            })
    void case3ClientIdIsNoLowerCaseUuid(String clientId) {
        assertRefused(() -> gatekeeper.admit(raw(clientId + ":x")), "invalid_token", "Invalid client ID format");
    }

    @Test
    void case4EmptySecret() {
        World.client(metadata, Client.Type.READ, "acme-shop", HASH);

        assertRefused(() -> admit(""), "invalid_token", "Client secret is required");
    }

    @Test
    void case5UnknownClient() {
        assertRefused(() -> admit(SECRET), "invalid_token", CREDENTIALS);
    }

    @Test
    void case6AClientWithoutSecretIsToldNothingMoreThanAStranger() {
        var stranger = refusal(() -> admit(SECRET));
        World.client(metadata, Client.Type.READ, "acme-shop", null);

        assertThat(refusal(() -> admit(SECRET)).text())
                .isEqualTo(stranger.text())
                .contains("no secret");
    }

    @Test
    void case7AWriteClientIsToldSoOnlyWithItsSecret() {
        World.client(metadata, Client.Type.WRITE, "acme-shop", HASH);

        assertRefused(() -> admit("wrong"), "invalid_token", CREDENTIALS);
        assertRefused(() -> admit(SECRET), "invalid_token", "Write-only clients");
    }

    @Test
    void case8WrongSecret() {
        World.client(metadata, Client.Type.READ, "acme-shop", HASH);

        assertRefused(() -> admit("sec_wrong"), "invalid_token", CREDENTIALS);
    }

    @Test
    void aMalformedStoredHashIsRefused() {
        World.client(metadata, Client.Type.READ, "acme-shop", "garbage");

        assertRefused(() -> admit(SECRET), "invalid_token", CREDENTIALS);
    }

    @Test
    void aReadClientWithoutProjectIsRefused() {
        World.client(metadata, Client.Type.READ, null, HASH);

        assertRefused(() -> admit(SECRET), "invalid_token", "not associated with a project");
    }

    @Test
    void challengesSayWhatIsWanted() {
        assertThat(refusal(() -> gatekeeper.admit(TestRequest.without())).headers())
                .containsEntry("WWW-Authenticate", "Bearer realm=\"openpanel-mcp\"");
        assertThat(refusal(() -> admit(SECRET)).headers())
                .containsEntry("WWW-Authenticate", "Bearer realm=\"openpanel-mcp\", error=\"invalid_token\"");
    }

    @Test
    void whatAnotherProcessTakesAwayIsClosedAtTheNextCall() {
        World.client(metadata, Client.Type.READ, "acme-shop", HASH);
        admit(SECRET);

        try (var commandLine = World.open(folder)) {
            commandLine.projects().delete("acme-shop", World.CREATED);
            assertRefused(() -> admit(SECRET), "invalid_token", "project of this client was deleted");

            World.client(commandLine, Client.Type.ROOT, null, HASH);
            commandLine.organizations().delete("acme", World.CREATED);
            assertRefused(() -> admit(SECRET), "invalid_token", "organization of this client was deleted");
        }

        // Opening it makes the organization anew.
        try (var commandLine = World.open(folder)) {
            admit(SECRET);
            commandLine.clients().revoke(CLIENT_ID);
            assertRefused(() -> admit(SECRET), "invalid_token", CREDENTIALS);
        }
    }

    @Test
    void aNewSecretReplacesTheRememberedOne() {
        World.client(metadata, Client.Type.READ, "acme-shop", HASH);
        admit(SECRET);

        World.client(metadata, Client.Type.READ, "acme-shop", Secrets.hash("sec_new"));

        assertRefused(() -> admit(SECRET), "invalid_token", CREDENTIALS);
        assertThat(admit("sec_new").access().clientId()).isEqualTo(CLIENT_ID);
    }

    @Test
    void anAddressThatFailsTooOftenWaits() {
        World.client(metadata, Client.Type.READ, "acme-shop", HASH);
        for (var attempt = 0; attempt < FAILURES; attempt++) {
            var guess = "sec_" + attempt;
            assertRefused(() -> admit(guess), "invalid_token", CREDENTIALS);
        }

        assertTooManyFailures(() -> admit("sec_more"));
        assertTooManyFailures(() -> admit(SECRET));
        assertThat(gatekeeper
                        .admit(TestRequest.of(CLIENT_ID, SECRET).from("198.51.100.1"))
                        .client()
                        .id())
                .isEqualTo(CLIENT_ID);

        time.advance(Duration.ofMinutes(1));
        assertThat(admit(SECRET).client().id()).isEqualTo(CLIENT_ID);
    }

    @Test
    void guessesSentAtOnceAreBoundedToo() {
        World.client(metadata, Client.Type.READ, "acme-shop", HASH);
        var oneAtATime = new Gatekeeper(
                metadata,
                new TokenReader(true),
                new SecretVerifier(1),
                new FailureLimit(FAILURES, time),
                new CallLimit(CALLS, time));
        var statuses = new ConcurrentLinkedQueue<Integer>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var guess = 0; guess < 30; guess++) {
                var request = TestRequest.of(CLIENT_ID, "sec_" + guess);
                threads.execute(() ->
                        statuses.add(refusal(() -> oneAtATime.admit(request)).status()));
            }
        }

        assertThat(statuses).hasSize(30).containsOnly(401, 429);
        assertThat(statuses).filteredOn(status -> status == 401).hasSize(FAILURES);
    }

    @Test
    void aWorkingClientIsNotLockedOutByItsNeighbour() {
        World.client(metadata, Client.Type.READ, "acme-shop", HASH);
        admit(SECRET);
        for (var attempt = 0; attempt < FAILURES; attempt++) {
            refusal(() -> admit("sec_wrong"));
        }

        assertThat(admit(SECRET).client().id()).isEqualTo(CLIENT_ID);
    }

    @Test
    void addressesOfOneIpv6NetworkCountAsOne() {
        for (var attempt = 0; attempt < FAILURES; attempt++) {
            var request = TestRequest.of(CLIENT_ID, SECRET).from("2001:db8:1:2::" + attempt);
            assertRefused(() -> gatekeeper.admit(request), "invalid_token", CREDENTIALS);
        }

        assertTooManyFailures(
                () -> gatekeeper.admit(TestRequest.of(CLIENT_ID, SECRET).from("2001:db8:1:2:3::1")));
        assertRefused(
                () -> gatekeeper.admit(TestRequest.of(CLIENT_ID, SECRET).from("2001:db8:1:3::1")),
                "invalid_token",
                CREDENTIALS);
    }

    @Test
    void requestsWithoutTokenAreNoGuesses() {
        for (var attempt = 0; attempt <= FAILURES; attempt++) {
            assertRefused(() -> gatekeeper.admit(TestRequest.without()), "missing_token", "Missing");
        }
    }

    @Test
    void everyAnswerCarriesTheStateOfTheLimit() {
        World.client(metadata, Client.Type.READ, "acme-shop", HASH);

        assertThat(admit(SECRET).headers())
                .containsEntry("RateLimit-Limit", "3")
                .containsEntry("RateLimit-Remaining", "2")
                .containsEntry("RateLimit-Reset", "20");
        assertThat(admit(SECRET).headers())
                .containsEntry("RateLimit-Remaining", "1")
                .containsEntry("RateLimit-Reset", "40");
    }

    @Test
    void beyondTheLimitAClientIsToldWhenToComeBack() {
        World.client(metadata, Client.Type.READ, "acme-shop", HASH);
        for (var call = 0; call < CALLS; call++) {
            admit(SECRET);
        }

        var problem = refusal(() -> admit(SECRET));
        assertThat(problem.status()).isEqualTo(429);
        assertThat(problem.code()).isEqualTo("rate_limited");
        assertThat(problem.headers())
                .containsEntry("Retry-After", "20")
                .containsEntry("RateLimit-Limit", "3")
                .containsEntry("RateLimit-Remaining", "0")
                .containsEntry("RateLimit-Reset", "60");

        time.advance(Duration.ofSeconds(20));
        assertThat(admit(SECRET).headers()).containsEntry("RateLimit-Remaining", "0");
    }

    @Test
    void theLimitCanBeSwitchedOff() {
        var unlimited = new CallLimit(0, time);

        for (var call = 0; call < 1_000; call++) {
            assertThat(unlimited.count(CLIENT_ID)).isEmpty();
        }
    }

    private Admitted admit(String secret) {
        return gatekeeper.admit(TestRequest.of(CLIENT_ID, secret));
    }

    private static TestRequest raw(String content) {
        return TestRequest.withHeader(
                "Bearer " + Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static Problem refusal(ThrowingCallable call) {
        var problem = catchThrowableOfType(Problem.class, call);
        assertThat(problem).as("the call is refused").isNotNull();
        return problem;
    }

    private static void assertRefused(ThrowingCallable call, String code, String text) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(401);
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.text()).contains(text);
        });
    }

    private static void assertTooManyFailures(ThrowingCallable call) {
        var problem = refusal(call);
        assertThat(problem.status()).isEqualTo(429);
        assertThat(problem.code()).isEqualTo("too_many_failures");
        assertThat(problem.headers()).containsEntry("Retry-After", "12");
    }
}
