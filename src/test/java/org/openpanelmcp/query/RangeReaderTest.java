package org.openpanelmcp.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeReaderTest {
    /** A Sunday. */
    private static final Instant NOW = Instant.parse("2026-11-22T08:25:00Z");

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "today, 2026-11-22, 2026-11-22",
        "yesterday, 2026-11-21, 2026-11-21",
        "1d, 2026-11-22, 2026-11-22",
        "7d, 2026-11-16, 2026-11-22",
        "7 days, 2026-11-16, 2026-11-22",
        "last 7 days, 2026-11-16, 2026-11-22",
        "last-7-days, 2026-11-16, 2026-11-22",
        "past_30_days, 2026-10-24, 2026-11-22",
        "LAST_WEEK, 2026-11-09, 2026-11-15",
        "this_week, 2026-11-16, 2026-11-22",
        "last week, 2026-11-09, 2026-11-15",
        "this-month, 2026-11-01, 2026-11-30",
        "last_month, 2026-10-01, 2026-10-31",
        "this quarter, 2026-10-01, 2026-12-31",
        "last_quarter, 2026-07-01, 2026-09-30",
        "this_year, 2026-01-01, 2026-12-31",
        "last_year, 2025-01-01, 2025-12-31"
    })
    void aWordAloneFixesBothEnds(String word, String first, String last) throws BadValue {
        assertThat(read(BERLIN, word, null)).isEqualTo(read(BERLIN, first, last));
    }

    @Test
    void aWordNamesItsFirstMomentAsStartAndItsLastAsEnd() throws BadValue {
        assertThat(read(BERLIN, "last_month", "this_week")).isEqualTo(read(BERLIN, "2026-10-01", "2026-11-22"));
        assertThat(read(BERLIN, "2026-11-01", "last_week")).isEqualTo(read(BERLIN, "2026-11-01", "2026-11-15"));
    }

    @Test
    void daysAreIncludedOnBothSides() throws BadValue {
        assertThat(read(BERLIN, "2026-11-20", "2026-11-20"))
                .isEqualTo(range(BERLIN, "2026-11-19T23:00:00Z", "2026-11-20T22:59:59.999Z"));
    }

    @Test
    void nothingMeansThirtyDaysWithToday() throws BadValue {
        assertThat(read(BERLIN, null, null)).isEqualTo(read(BERLIN, "2026-10-24", "2026-11-22"));
    }

    @Test
    void anEndAloneMeansTheThirtyDaysUpToIt() throws BadValue {
        assertThat(read(BERLIN, null, "2024-02-29")).isEqualTo(read(BERLIN, "2024-01-31", "2024-02-29"));
    }

    @Test
    void aStartAloneGoesOnUntilTheEndOfToday() throws BadValue {
        assertThat(read(BERLIN, "2026-11-20", null)).isEqualTo(read(BERLIN, "2026-11-20", "2026-11-22"));
    }

    @Test
    void aStartInTheFutureAloneIsThatDay() throws BadValue {
        assertThat(read(BERLIN, "2026-12-24", null)).isEqualTo(read(BERLIN, "2026-12-24", "2026-12-24"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T14:30, 2026-11-20T13:30:00Z",
        "2026-11-20 14:30, 2026-11-20T13:30:00Z",
        "2026-11-20t14:30:15, 2026-11-20T13:30:15Z",
        "2026-11-20T14:30:15.250, 2026-11-20T13:30:15.250Z",
        "2026-11-20T14:30:15.123456789, 2026-11-20T13:30:15.123Z",
        "2026-11-20T14:30Z, 2026-11-20T14:30:00Z",
        "2026-11-20T14:30:00z, 2026-11-20T14:30:00Z",
        "2026-11-20 14:30 +0545, 2026-11-20T08:45:00Z",
        "2026-11-20T14:30:00-11:00, 2026-11-21T01:30:00Z",
        "' 2026-11-20T14:30 ', 2026-11-20T13:30:00Z"
    })
    void timesAreLocalUnlessTheyCarryAnOffset(String written, Instant meant) throws BadValue {
        assertThat(read(BERLIN, written, written)).isEqualTo(new TimeRange(meant, meant, BERLIN));
    }

    @Test
    void aLocalTimeThatCameTwiceBeginsWithTheFirstAndEndsWithTheSecond() throws BadValue {
        assertThat(read(BERLIN, "2026-10-25T02:30", "2026-10-25T02:30"))
                .isEqualTo(range(BERLIN, "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"));
    }

    @Test
    void aLocalTimeThatWasSkippedMovesOnByTheGap() throws BadValue {
        assertThat(read(BERLIN, "2026-03-29T02:30", "2026-03-29T12:00"))
                .isEqualTo(range(BERLIN, "2026-03-29T01:30:00Z", "2026-03-29T10:00:00Z"));
    }

    @Test
    void aDayWithoutMidnightBeginsAtItsFirstMoment() throws BadValue {
        var beirut = ZoneId.of("Asia/Beirut");
        assertThat(read(beirut, "2022-03-27", "2022-03-27"))
                .isEqualTo(range(beirut, "2022-03-26T22:00:00Z", "2022-03-27T20:59:59.999Z"));
    }

    @Test
    void aDayWithTwoMidnightsBeginsAtTheFirst() throws BadValue {
        var havana = ZoneId.of("America/Havana");
        assertThat(read(havana, "2024-11-03", "2024-11-03"))
                .isEqualTo(range(havana, "2024-11-03T04:00:00Z", "2024-11-04T04:59:59.999Z"));
    }

    @Test
    void todayIsTheZonesDay() throws BadValue {
        var apia = ZoneId.of("Pacific/Kiritimati");
        var pago = ZoneId.of("Pacific/Pago_Pago");
        var late = Instant.parse("2026-11-22T10:30:00Z");
        assertThat(reader(apia, late).read("today", null)).isEqualTo(read(apia, "2026-11-23", "2026-11-23"));
        assertThat(reader(pago, late).read("today", null)).isEqualTo(read(pago, "2026-11-21", "2026-11-21"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-02-31 | 2026-02 has 28 days. The last one is 2026-02-28",
                "2024-02-30 | 2024-02 has 29 days",
                "2026-11-00 | 2026-11 has 30 days",
                "2026-13-01 | months go from 01 to 12",
                "2026-00-01 | months go from 01 to 12",
                "1969-12-31 | out of bounds",
                "1970-01-01 | out of bounds",
                "2200-01-01 | out of bounds",
                "0000-01-01 | out of bounds",
                "2026-11-20T24:00 | impossible time",
                "2026-11-20T23:60 | impossible time",
                "2026-11-20T10:00+19:00 | impossible time",
                "2026-11-31T10:00 | 2026-11 has 30 days",
                "yesterdy | Did you mean \"yesterday\"?",
                "lastmonth | Did you mean \"last_month\"?",
                "20.11.2026 | is no date. Give a day (2026-11-20)",
                "2026-11 | is no date",
                "0d | is no date",
                "9999d | is no date",
                "'' | is no date",
                "now() | is no date"
            })
    void whatIsNoDateIsRefusedWithTheNextStep(String written, String said) {
        var refused = refused(written, null);
        assertThat(refused.field()).isEqualTo("startDate");
        assertThat(refused.text()).contains(said);
        assertThat(refused(null, written).field()).isEqualTo("endDate");
    }

    @Test
    void aStartAfterTheEndIsRefusedWithBoth() {
        assertThat(refused("2026-11-21", "2026-11-20").text())
                .contains("2026-11-21T00:00+01:00", "2026-11-20T23:59:59.999+01:00", "Swap them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-02", "2199-12-31"})
    void theBoundsThemselvesAreAllowed(String day) throws BadValue {
        assertThat(read(ZoneId.of("Pacific/Kiritimati"), day, day).days()).isEqualTo(1);
        assertThat(read(ZoneId.of("Pacific/Pago_Pago"), day, day).days()).isEqualTo(1);
    }

    private static BadValue refused(@Nullable String start, @Nullable String end) {
        var refused = catchThrowableOfType(BadValue.class, () -> read(BERLIN, start, end));
        assertThat(refused).as("start %s, end %s", start, end).isNotNull();
        return refused;
    }

    private static TimeRange range(ZoneId zone, String start, String end) {
        return new TimeRange(Instant.parse(start), Instant.parse(end), zone);
    }

    private static TimeRange read(ZoneId zone, @Nullable String start, @Nullable String end) throws BadValue {
        return reader(zone, NOW).read(start, end);
    }

    private static RangeReader reader(ZoneId zone, Instant now) {
        return new RangeReader(zone, Clock.fixed(now, ZoneOffset.UTC));
    }
}
