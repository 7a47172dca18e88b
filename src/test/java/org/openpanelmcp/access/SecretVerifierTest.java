package org.openpanelmcp.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.metadata.Client;

class SecretVerifierTest {
    private final FailureLimit failures = new FailureLimit(2, new ManualTime());
    private final SecretVerifier verifier = new SecretVerifier(1);

    @Test
    void aRememberedSecretIsAnsweredThoughTheAddressMustWait() {
        assertThat(verify("sec_test")).isTrue();
        assertThat(verify("sec_1")).isFalse();
        assertThat(verify("sec_2")).isFalse();

        assertThat(verify("sec_test")).isTrue();
        var problem = catchThrowableOfType(Problem.class, () -> verify("sec_3"));
        assertThat(problem.status()).isEqualTo(429);
    }

    @Test
    void theSameWrongSecretCountsEachTime() {
        assertThat(verify("sec_1")).isFalse();
        assertThat(verify("sec_1")).isFalse();

        var problem = catchThrowableOfType(Problem.class, () -> verify("sec_1"));
        assertThat(problem.code()).isEqualTo("too_many_failures");
    }

    @Test
    void aFailedCheckGivesItsPlaceBack() {
        verify("sec_1");
        verify("sec_2");
        assertThat(catchThrowableOfType(Problem.class, () -> verify("sec_3"))).isNotNull();

        assertThat(verifier.verify(client(), "sec_test", new FailureLimit(1).attemptFrom("192.0.2.2")))
                .isTrue();
    }

    private boolean verify(String secret) {
        return verifier.verify(client(), secret, failures.attemptFrom("192.0.2.1"));
    }

    private static Client client() {
        return new Client(World.CLIENT_ID, "c", Client.Type.READ, "acme", "acme-shop", World.HASH, World.CREATED);
    }
}
