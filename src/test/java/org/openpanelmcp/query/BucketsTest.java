package org.openpanelmcp.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The edges of buckets; that rows are sorted into them is tried against plain Java by the differential tests. */
class BucketsTest {
    @Test
    void theSkippedHourOfSpringIsNoBucket() throws BadValue {
        assertThat(starts("Europe/Berlin", "2026-03-29", "2026-03-29", Interval.HOUR))
                .hasSize(23)
                .contains("2026-03-29T01:00+01:00", "2026-03-29T03:00+02:00");
    }

    @Test
    void theRepeatedHourOfAutumnIsTwoBuckets() throws BadValue {
        assertThat(starts("Europe/Berlin", "2026-10-25", "2026-10-25", Interval.HOUR))
                .hasSize(25)
                .containsSubsequence("2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00", "2026-10-25T03:00+01:00");
    }

    @Test
    void halfAnHourIsRepeatedOnLordHowe() throws BadValue {
        assertThat(starts("Australia/Lord_Howe", "2026-04-05", "2026-04-05", Interval.HOUR))
                .hasSize(25)
                .containsSubsequence("2026-04-05T01:00+11:00", "2026-04-05T01:30+10:30", "2026-04-05T02:00+10:30");
    }

    @Test
    void halfAnHourIsSkippedOnLordHowe() throws BadValue {
        assertThat(starts("Australia/Lord_Howe", "2026-10-04", "2026-10-04", Interval.HOUR))
                .hasSize(24)
                .containsSubsequence("2026-10-04T01:00+10:30", "2026-10-04T02:30+11:00", "2026-10-04T03:00+11:00");
    }

    @Test
    void samoaHadNo30December2011() throws BadValue {
        assertThat(starts("Pacific/Apia", "2011-12-28", "2012-01-01", Interval.DAY))
                .containsExactly(
                        "2011-12-28T00:00-10:00",
                        "2011-12-29T00:00-10:00",
                        "2011-12-31T00:00+14:00",
                        "2012-01-01T00:00+14:00");
    }

    @Test
    void aDayOfGooseBayBeginsAtItsFirstMidnight() throws BadValue {
        // At 00:01 the clocks went back to 23:01 of the day before.
        assertThat(starts("America/Goose_Bay", "2010-11-06", "2010-11-08", Interval.DAY))
                .containsExactly("2010-11-06T00:00-03:00", "2010-11-07T00:00-03:00", "2010-11-08T00:00-04:00");
        assertThat(starts("America/Goose_Bay", "2010-11-07", "2010-11-07", Interval.HOUR)
                        .subList(0, 4))
                .containsExactly(
                        "2010-11-07T00:00-03:00",
                        "2010-11-06T23:01-04:00",
                        "2010-11-07T00:00-04:00",
                        "2010-11-07T01:00-04:00");
    }

    @Test
    void daysBeginLateWhereMidnightIsSkipped() throws BadValue {
        assertThat(starts("Asia/Beirut", "2022-03-26", "2022-03-28", Interval.DAY))
                .containsExactly("2022-03-26T00:00+02:00", "2022-03-27T01:00+03:00", "2022-03-28T00:00+03:00");
    }

    @Test
    void weeksBeginOnMonday() throws BadValue {
        assertThat(starts("Europe/Berlin", "2026-11-20", "2026-11-23", Interval.WEEK))
                .containsExactly("2026-11-16T00:00+01:00", "2026-11-23T00:00+01:00");
    }

    @Test
    void monthsFollowTheCalendar() throws BadValue {
        assertThat(starts("Asia/Kathmandu", "2023-12-31", "2024-02-01", Interval.MONTH))
                .containsExactly("2023-12-01T00:00+05:45", "2024-01-01T00:00+05:45", "2024-02-01T00:00+05:45");
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-10-20, 2026-10-30", "Australia/Lord_Howe, 2026-04-01, 2026-04-10",
        "Pacific/Apia, 2011-12-20, 2012-01-10", "America/Goose_Bay, 2010-11-01, 2010-11-12",
        "America/Havana, 2024-11-01, 2024-11-06", "Africa/Cairo, 2010-08-08, 2010-09-12",
        "Atlantic/Azores, 2024-03-29, 2024-04-02", "Antarctica/Troll, 2026-03-27, 2026-03-31"
    })
    void bucketsFollowEachOtherWithoutGapAndWithKeysOfTheirOwn(String zone, LocalDate first, LocalDate last)
            throws BadValue {
        var range = TimeRange.ofDays(first, last, ZoneId.of(zone));
        for (var interval : Interval.values()) {
            var list = Buckets.of(range, interval).list();
            var keys = new HashSet<Long>();
            for (int i = 0; i < list.size(); i++) {
                assertThat(keys.add(list.get(i).key()))
                        .as("%s of %s", list.get(i), interval)
                        .isTrue();
                assertThat(list.get(i).start()).isBefore(list.get(i).next());
                if (i > 0) {
                    assertThat(list.get(i).start()).isEqualTo(list.get(i - 1).next());
                }
            }
            assertThat(list.getFirst().start().toInstant()).isBeforeOrEqualTo(range.start());
            assertThat(list.getLast().next().toInstant()).isAfter(range.end());
        }
    }

    @Test
    void anEndOnTheEdgeOpensTheNextBucket() throws BadValue {
        var start = Instant.parse("2026-11-20T00:00:00Z");
        var utc = ZoneId.of("UTC");
        var hour = Duration.ofHours(1);
        assertThat(Buckets.of(new TimeRange(start, start.plus(hour), utc), Interval.HOUR)
                        .list())
                .hasSize(2);
        assertThat(Buckets.of(new TimeRange(start, start.plus(hour).minusMillis(1), utc), Interval.HOUR)
                        .list())
                .hasSize(1);
        assertThat(Buckets.of(new TimeRange(start, start, utc), Interval.HOUR).list())
                .hasSize(1);
    }

    @Test
    void aBucketIsPartialWhenTheRangeOrThePresentCutsIt() throws BadValue {
        var utc = ZoneId.of("UTC");
        var range =
                new TimeRange(Instant.parse("2026-11-20T12:00:00Z"), Instant.parse("2026-11-23T23:59:59.999Z"), utc);
        var now = Instant.parse("2026-11-22T08:00:00Z");
        assertThat(Buckets.of(range, Interval.DAY).list().stream().map(bucket -> bucket.partial(range, now)))
                .containsExactly(true, false, true, true);
    }

    @Test
    void moreThan2000BucketsAreRefused() throws BadValue {
        var utc = ZoneId.of("UTC");
        var first = LocalDate.parse("2026-01-01");
        assertThat(Buckets.of(TimeRange.ofDays(first, first.plusDays(Buckets.MOST - 1), utc), Interval.DAY)
                        .list())
                .hasSize(Buckets.MOST);
        assertThatThrownBy(() -> Buckets.of(TimeRange.ofDays(first, first.plusDays(Buckets.MOST), utc), Interval.DAY))
                .isInstanceOfSatisfying(BadValue.class, refused -> {
                    assertThat(refused.field()).isEqualTo("interval");
                    assertThat(refused.text()).contains("2000 buckets of one day", "wider interval");
                });
    }

    private static List<String> starts(String zone, String first, String last, Interval interval) throws BadValue {
        var range = TimeRange.ofDays(LocalDate.parse(first), LocalDate.parse(last), ZoneId.of(zone));
        return Buckets.of(range, interval).list().stream()
                .map(bucket -> bucket.start().toString())
                .toList();
    }
}
