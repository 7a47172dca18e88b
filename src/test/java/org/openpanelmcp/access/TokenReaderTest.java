package org.openpanelmcp.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpanelmcp.http.Problem;

class TokenReaderTest {
    private static final Token TOKEN = new Token("11111111-1111-4111-8111-111111111111", "sec_a");
    private static final Token OTHER = new Token("22222222-2222-4222-8222-222222222222", "sec_b");
    private static final String MISSING = "Missing authentication token";

    private final TokenReader reader = new TokenReader(true);

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer    "})
    void readsTheHeaderWhateverTheCaseOfItsScheme(String scheme) {
        assertThat(reader.read(TestRequest.withHeader(scheme + TOKEN.encode()))).isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "", "Bearer", "Token "})
    void anotherSchemeIsNoToken(String scheme) {
        assertRefused(reader, TestRequest.withHeader(scheme + TOKEN.encode()), "missing_token", MISSING);
    }

    @Test
    void theAddressWinsOverTheHeader() {
        assertThat(reader.read(both(List.of(TOKEN.encode())))).isEqualTo(TOKEN);
    }

    @Test
    void anEmptyTokenInTheAddressWinsToo() {
        assertRefused(reader, both(List.of("")), "missing_token", MISSING);
    }

    @Test
    void aRepeatedTokenInTheAddressIsIgnored() {
        assertThat(reader.read(both(List.of(TOKEN.encode(), TOKEN.encode())))).isEqualTo(OTHER);
        assertRefused(reader, TestRequest.withQuery(TOKEN.encode(), TOKEN.encode()), "missing_token", MISSING);
    }

    @Test
    void tokensInTheAddressCanBeSwitchedOff() {
        var headerOnly = new TokenReader(false);

        assertThat(headerOnly.read(both(List.of(TOKEN.encode())))).isEqualTo(OTHER);
        assertRefused(
                headerOnly,
                TestRequest.withQuery(TOKEN.encode()),
                "missing_token",
                "tokens in the address are switched off");
    }

    @Test
    void severalHeadersAreRefused() {
        var request = new TestRequest(
                List.of(), List.of("Bearer " + TOKEN.encode(), "Bearer " + OTHER.encode()), "192.0.2.1");

        assertRefused(reader, request, "invalid_token", "more than one Authorization header");
    }

    private static TestRequest both(List<String> queryTokens) {
        return new TestRequest(queryTokens, List.of("Bearer " + OTHER.encode()), "192.0.2.1");
    }

    private static void assertRefused(TokenReader reader, TestRequest request, String code, String text) {
        assertThatThrownBy(() -> reader.read(request)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(401);
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.text()).contains(text);
        });
    }
}
