package org.openpanelmcp.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
    /** Its base64 holds both signs in which the alphabets differ, and padding. */
    private static final Token AWKWARD = new Token("id", "\u00ff\u00fe\u00fb\u00ef:\u00be\u00ff?>~");

    @Test
    void whatIsEncodedIsDecoded() {
        assertThat(Token.decode(AWKWARD.encode())).contains(AWKWARD);
    }

    @Test
    void everySpellingOfTheSameBytesIsRead() {
        var standard = Base64.getEncoder()
                .encodeToString((AWKWARD.clientId() + ":" + AWKWARD.secret()).getBytes(StandardCharsets.UTF_8));
        assertThat(standard).contains("+").contains("/").endsWith("=");

        assertThat(Token.decode(standard)).contains(AWKWARD);
        assertThat(Token.decode(standard.replace("=", ""))).contains(AWKWARD);
        assertThat(Token.decode(standard.replace('+', '-').replace('/', '_'))).contains(AWKWARD);
        assertThat(Token.decode(standard.replace('+', ' '))).contains(AWKWARD);
        assertThat(Token.decode("  " + standard + "\n")).contains(AWKWARD);
        assertThat(Token.decode(standard.substring(0, 5) + "\r\n*" + standard.substring(5)))
                .contains(AWKWARD);
    }

    @Test
    void splitsAtTheFirstColon() {
        assertThat(Token.decode(encoded("id:a:b"))).contains(new Token("id", "a:b"));
        assertThat(Token.decode(encoded("id:"))).contains(new Token("id", ""));
        assertThat(Token.decode(encoded(":secret"))).contains(new Token("", "secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "=", "aGVsbG8", "YQ==Og"})
    void whatHoldsNoColonIsNoToken(String text) {
        assertThat(Token.decode(text)).isEmpty();
    }

    @Test
    void aHugeTextIsNoToken() {
        assertThat(Token.decode(encoded("id:" + "x".repeat(10_000)))).isEmpty();
    }

    @Test
    void itsTextDoesNotShowTheSecret() {
        assertThat(new Token("id", "sec_hidden").toString()).contains("id").doesNotContain("hidden");
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
