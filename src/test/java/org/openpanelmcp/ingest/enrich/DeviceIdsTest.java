package org.openpanelmcp.ingest.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.metadata.Salts;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;

class DeviceIdsTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-22");

    @TempDir
    Path data;

    @Test
    void idsAreThoseOfTheReference() {
        assertThat(DeviceIds.of("UA/1.0", "203.0.113.5", "proj-1", "00112233445566778899aabbccddeeff"))
                .isEqualTo("9c1b0d0865e1ab6eabd61a825065e69e");
    }

    @Test
    void candidatesAreTodaysIdAndThenYesterdays() {
        var ids = DeviceIds.candidates("UA/1.0", "203.0.113.5", "proj-1", new Salts.Pair("a", "b"));
        assertThat(ids)
                .containsExactly(
                        DeviceIds.of("UA/1.0", "203.0.113.5", "proj-1", "a"),
                        DeviceIds.of("UA/1.0", "203.0.113.5", "proj-1", "b"));
    }

    @Test
    void aSaltLivesTwoDaysAndIsThenGone() {
        try (var metadata = SqliteMetadata.open(data.resolve("metadata.sqlite"))) {
            var first = metadata.salts().of(DAY);
            assertThat(first.current()).matches("[0-9a-f]{32}").isNotEqualTo(first.previous());
            assertThat(metadata.salts().of(DAY)).isEqualTo(first);

            var second = metadata.salts().of(DAY.plusDays(1));
            assertThat(second.previous()).isEqualTo(first.current());

            var later = metadata.salts().of(DAY.plusDays(9));
            assertThat(later.current()).isNotEqualTo(second.current());
            assertThat(later.previous()).isNotEqualTo(second.current());
        }
    }

    @Test
    void aClockThatJumpsBackKeepsTheSaltsOfTheNewestDay() {
        try (var metadata = SqliteMetadata.open(data.resolve("metadata.sqlite"))) {
            var today = metadata.salts().of(DAY);
            assertThat(metadata.salts().of(DAY.minusDays(3))).isEqualTo(today);
        }
    }

    @Test
    void twoProcessesAgreeOnTheSaltOfADay() {
        var file = data.resolve("metadata.sqlite");
        try (var one = SqliteMetadata.open(file);
                var other = SqliteMetadata.open(file)) {
            var pairs = IntStream.range(0, 16)
                    .parallel()
                    .mapToObj(i -> (i % 2 == 0 ? one : other).salts().of(DAY))
                    .distinct()
                    .toList();
            assertThat(pairs).hasSize(1);
        }
    }

    @Test
    void theDayTurnsAtMidnightUtc() {
        var now = new AtomicReference<>(Instant.parse("2026-11-22T23:59:59.999Z"));
        try (var metadata = SqliteMetadata.open(data.resolve("metadata.sqlite"))) {
            var salts = new DailySalts(metadata.salts(), (InstantSource) now::get);
            var before = salts.current();
            now.set(Instant.parse("2026-11-23T00:00:00Z"));
            assertThat(salts.current().previous()).isEqualTo(before.current());
        }
    }
}
