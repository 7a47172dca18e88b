package org.openpanelmcp.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void wholeDaysAreComparedWithAsManyDaysBefore() {
        var week = days(BERLIN, "2026-11-16", "2026-11-22");
        assertThat(Comparison.PREVIOUS_PERIOD.of(week, LATER)).isEqualTo(days(BERLIN, "2026-11-09", "2026-11-15"));
        assertThat(Comparison.PREVIOUS_YEAR.of(week, LATER)).isEqualTo(days(BERLIN, "2025-11-16", "2025-11-22"));
    }

    @Test
    void daysStayWholeAcrossChangesOfTheClocks() {
        var week = days(BERLIN, "2026-10-26", "2026-11-01");
        assertThat(Comparison.PREVIOUS_PERIOD.of(week, LATER)).isEqualTo(days(BERLIN, "2026-10-19", "2026-10-25"));
    }

    @Test
    void anUnfinishedRangeIsCutAtTheSameLocalTime() {
        var week = days(BERLIN, "2026-11-16", "2026-11-22");
        var now = Instant.parse("2026-11-18T11:15:30.250Z");
        assertThat(Comparison.PREVIOUS_PERIOD.of(week, now))
                .isEqualTo(range(BERLIN, "2026-11-08T23:00:00Z", "2026-11-11T11:15:30.250Z"));
        assertThat(Comparison.PREVIOUS_YEAR.of(week, now))
                .isEqualTo(range(BERLIN, "2025-11-15T23:00:00Z", "2025-11-18T11:15:30.250Z"));
    }

    @Test
    void theCutIsLocalAcrossAChangeOfTheClocks() {
        var week = days(BERLIN, "2026-10-26", "2026-11-01");
        var now = Instant.parse("2026-10-28T11:00:00Z");
        assertThat(Comparison.PREVIOUS_PERIOD.of(week, now).end()).isEqualTo(Instant.parse("2026-10-21T10:00:00Z"));
    }

    @Test
    void aRangeThatHasNotBegunIsComparedAsAWhole() {
        var week = days(BERLIN, "2026-11-16", "2026-11-22");
        assertThat(Comparison.PREVIOUS_PERIOD.of(week, Instant.parse("2026-11-01T00:00:00Z")))
                .isEqualTo(days(BERLIN, "2026-11-09", "2026-11-15"));
    }

    @Test
    void theLeapDayIsComparedWithThe28th() {
        var leapDay = days(BERLIN, "2024-02-29", "2024-02-29");
        assertThat(Comparison.PREVIOUS_YEAR.of(leapDay, LATER)).isEqualTo(days(BERLIN, "2023-02-28", "2023-02-28"));
        var february = days(BERLIN, "2025-02-01", "2025-02-28");
        assertThat(Comparison.PREVIOUS_YEAR.of(february, LATER)).isEqualTo(days(BERLIN, "2024-02-01", "2024-02-28"));
    }

    @Test
    void partsOfADayKeepTheirTimes() {
        var hours = range(BERLIN, "2026-11-20T08:00:00Z", "2026-11-20T10:30:00Z");
        assertThat(Comparison.PREVIOUS_PERIOD.of(hours, LATER))
                .isEqualTo(range(BERLIN, "2026-11-19T08:00:00Z", "2026-11-19T10:30:00Z"));
    }

    @Test
    void aDayWithoutMidnightIsComparedWithTheWholeDayBefore() {
        var beirut = ZoneId.of("Asia/Beirut");
        var spring = days(beirut, "2022-03-27", "2022-03-27");
        assertThat(Comparison.PREVIOUS_PERIOD.of(spring, LATER)).isEqualTo(days(beirut, "2022-03-26", "2022-03-26"));
        var next = days(beirut, "2022-03-28", "2022-03-28");
        assertThat(Comparison.PREVIOUS_PERIOD.of(next, LATER)).isEqualTo(spring);
    }

    @Test
    void aDayWithTwoMidnightsIsComparedFromTheFirst() {
        var havana = ZoneId.of("America/Havana");
        var after = days(havana, "2024-11-04", "2024-11-04");
        assertThat(Comparison.PREVIOUS_PERIOD.of(after, LATER)).isEqualTo(days(havana, "2024-11-03", "2024-11-03"));
    }

    private static TimeRange days(ZoneId zone, String first, String last) {
        return TimeRange.ofDays(LocalDate.parse(first), LocalDate.parse(last), zone);
    }

    private static TimeRange range(ZoneId zone, String start, String end) {
        return new TimeRange(Instant.parse(start), Instant.parse(end), zone);
    }
}
