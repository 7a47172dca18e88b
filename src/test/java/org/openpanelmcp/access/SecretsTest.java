package org.openpanelmcp.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String VECTOR =
            "saltsaltsaltsalt.a265f51ac84dcb91eb1bcd008fb3ea84052d47bad0df5e828f5bf53f675b73fa";

    @Test
    void aHashThatOpenPanelMadeMatches() {
        assertThat(Secrets.matches("sec_test", VECTOR)).isTrue();
        assertThat(Secrets.matches("sec_tesT", VECTOR)).isFalse();
    }

    @Test
    void aHashOfOurOwnMatchesAndHasTheSameForm() {
        var hash = Secrets.hash("sec_\u00e5\ud83d\ude00");

        assertThat(hash).matches("[0-9a-f]{32}\\.[0-9a-f]{64}");
        assertThat(Secrets.matches("sec_\u00e5\ud83d\ude00", hash)).isTrue();
        assertThat(Secrets.hash("sec_\u00e5\ud83d\ude00")).isNotEqualTo(hash);
    }

    @Test
    void generatedSecretsHaveTheKnownFormAndDiffer() {
        assertThat(Secrets.generate()).matches("sec_[0-9a-f]{20}").isNotEqualTo(Secrets.generate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "salt",
                "salt.",
                ".a265f51ac84dcb91eb1bcd008fb3ea84052d47bad0df5e828f5bf53f675b73fa",
                "salt.a265",
                "salt.zz65f51ac84dcb91eb1bcd008fb3ea84052d47bad0df5e828f5bf53f675b73fa",
                "salt.a265f51ac84dcb91eb1bcd008fb3ea84052d47bad0df5e828f5bf53f675b73fa00"
            })
    void aStoredTextThatIsNoHashMatchesNothing(String stored) {
        assertThat(Secrets.isWellFormed(stored)).isFalse();
        assertThat(Secrets.matches("sec_test", stored)).isFalse();
    }
}
