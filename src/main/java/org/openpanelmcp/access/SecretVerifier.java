package org.openpanelmcp.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.crypto.spec.SecretKeySpec;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.metadata.Client;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks secrets against their stored hashes and remembers the results. Safe for several threads.
 *
 * <p>A result is kept under a keyed hash of client, stored hash and secret: nothing in memory holds a secret, and a
 * changed hash is a new question. Few checks run at once, as each takes 16 MB and a processor.
 */
public final class SecretVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(SecretVerifier.class);
    private static final int REMEMBERED = 10_000;
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);
    private static final int PATIENCE_SECONDS = 5;

    private final Key key = randomKey();
    private final Cache<String, Boolean> results = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(REMEMBERED_FOR)
            .build();
    private final Semaphore checks;

    public SecretVerifier() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    SecretVerifier(int checksAtOnce) {
        this.checks = new Semaphore(checksAtOnce, true);
    }

    /**
     * Tells whether the secret is the client's; counts a failure when not.
     *
     * @return false also when the client has no secret, or a hash that is none
     * @throws Problem 429 when the address of the attempt has failed too often and the answer is not known yet; 503 when
     *     too many are waiting
     */
    public boolean verify(Client client, String secret, FailureLimit.Attempt attempt) {
        var stored = client.secretHash();
        if (stored == null) {
            attempt.fail();
            return false;
        }
        var question = question(client.id(), stored, secret);
        var known = results.getIfPresent(question);
        if (known == null) {
            return inTurn(() -> check(client.id(), stored, secret, question, attempt));
        }
        return counted(known, attempt);
    }

    /**
     * Looks at the limit and counts while it holds one of the few places, so that guesses sent at once cannot all pass
     * before the first has failed.
     */
    private boolean check(
            String clientId, String stored, String secret, String question, FailureLimit.Attempt attempt) {
        // Whoever waited beside us for the same answer may have found it.
        var known = results.getIfPresent(question);
        if (known != null) {
            return counted(known, attempt);
        }
        attempt.check();
        if (!Secrets.isWellFormed(stored)) {
            LOG.warn("The stored secret hash of client {} is malformed; the client is refused", clientId);
        }
        var matches = Secrets.matches(secret, stored);
        results.put(question, matches);
        return counted(matches, attempt);
    }

    private static boolean counted(boolean matches, FailureLimit.Attempt attempt) {
        if (!matches) {
            attempt.fail();
        }
        return matches;
    }

    private boolean inTurn(BooleanSupplier work) {
        try {
            if (!checks.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw Refusals.busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusals.busy();
        }
        try {
            return work.getAsBoolean();
        } finally {
            checks.release();
        }
    }

    private String question(String clientId, String stored, String secret) {
        return HexFormat.of().formatHex(Signatures.sign(key, utf8(clientId), utf8(stored), utf8(secret)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Key randomKey() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new SecretKeySpec(bytes, Signatures.ALGORITHM);
    }
}
