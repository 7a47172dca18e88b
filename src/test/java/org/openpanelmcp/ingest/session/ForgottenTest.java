package org.openpanelmcp.ingest.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openpanelmcp.store.RowKey;

class ForgottenTest {
    private static final int MANY = 20_000;

    private static RowKey device(int number) {
        return new RowKey("shop", "device-" + number);
    }

    private static Span span(int number) {
        return new Span(device(number), "session-" + number, "", number, number + 1000L);
    }

    @Test
    void aDeviceThatWasAddedIsKnownAndHardlyAnyOther() {
        var filter = new DeviceFilter(MANY);
        IntStream.range(0, MANY).mapToObj(ForgottenTest::device).forEach(filter::add);

        assertThat(IntStream.range(0, MANY).mapToObj(ForgottenTest::device)).allMatch(filter::mayContain);
        assertThat(IntStream.range(MANY, 11 * MANY)
                        .mapToObj(ForgottenTest::device)
                        .filter(filter::mayContain)
                        .count())
                .isLessThan(MANY / 200);
        assertThat(filter.mayContain(new RowKey("other", "device-1"))).isFalse();
    }

    @Test
    void beforeItBeginsEveryDeviceMayHaveASession() {
        assertThat(new Forgotten(10).mayHold(device(1), 0)).isTrue();
    }

    @Test
    void whatLeftTheMemoryMayBeStoredAndNothingElse() {
        var forgotten = new Forgotten(100);
        forgotten.begin(500);
        forgotten.add(span(1));

        assertThat(forgotten.mayHold(device(1), 501)).isTrue();
        assertThat(forgotten.mayHold(device(2), 501)).isFalse();
        assertThat(forgotten.mayHold(device(2), 500)).isTrue();
    }

    @Test
    void whatIsTooMuchToKnowIsAskedOfTheStoreAgain() {
        var forgotten = new Forgotten(100);
        forgotten.begin(0);
        IntStream.range(0, 201).mapToObj(ForgottenTest::span).forEach(forgotten::add);

        assertThat(forgotten.mayHold(device(99), 1_098)).isTrue();
        assertThat(forgotten.mayHold(device(500), 1_099)).isTrue();
        assertThat(forgotten.mayHold(device(500), 1_100)).isFalse();
        assertThat(IntStream.range(100, 201).mapToObj(ForgottenTest::device))
                .allMatch(device -> forgotten.mayHold(device, 1_100));
    }

    @Test
    void oneThatEndedLongAgoIsAskedOfTheStore() {
        var forgotten = new Forgotten(100);
        forgotten.begin(0);
        forgotten.addOld(span(7));

        assertThat(forgotten.mayHold(device(7), 1_007)).isTrue();
        assertThat(forgotten.mayHold(device(7), 1_008)).isFalse();
    }
}
