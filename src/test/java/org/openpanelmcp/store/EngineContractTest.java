package org.openpanelmcp.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.Interval;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;

/** The expressions of {@link Dialect} mean the same on every engine, above all where engines differ by themselves. */
public abstract class EngineContractTest extends OnEngine {
    @Test
    void aggregatesOfNoRowsAreZeroOrNull() throws QueryFailure {
        var revenue = Sql.of("revenue");
        var always = Sql.of("true");
        assertThat(whole(dialect.sum(revenue))).isZero();
        assertThat(whole(dialect.sumIf(revenue, always))).isZero();
        assertThat(whole(dialect.countIf(always))).isZero();
        assertThat(whole(dialect.countDistinct(revenue))).isZero();
        assertThat(instant(dialect.max(Sql.of("created_at")))).isEmpty();
        assertThat(fraction(dialect.averageIf(revenue, always))).isEmpty();
        assertThat(fraction(dialect.median(revenue))).isEmpty();
        assertThat(fraction(dialect.percentile90(revenue))).isEmpty();
    }

    @Test
    void conditionalAggregatesCountOnlyTheirRows() throws QueryFailure {
        for (long revenue : List.of(1L, 2L, 3L, 10L)) {
            event(Map.of("revenue", revenue));
        }
        var revenue = Sql.of("revenue");
        var large = Sql.of("revenue > 1");
        assertThat(whole(dialect.countIf(large))).isEqualTo(3);
        assertThat(whole(dialect.sumIf(revenue, large))).isEqualTo(15);
        assertThat(fraction(dialect.averageIf(revenue, large))).hasValue(5);
        assertThat(fraction(dialect.averageIf(revenue, Sql.of("revenue > 99")))).isEmpty();
        assertThat(whole(dialect.sumIf(revenue, Sql.of("revenue > 99")))).isZero();
        assertThat(whole(dialect.sum(revenue))).isEqualTo(16);
        assertThat(whole(dialect.max(revenue))).isEqualTo(10);
        assertThat(fraction(dialect.median(revenue))).hasValue(2.5);
        // Between the third and the fourth of four values, seven tenths of the way: 3 + 0.7 * (10 - 3).
        assertThat(fraction(dialect.percentile90(revenue))).hasValueCloseTo(7.9, within(1e-9));
        assertThat(whole(dialect.ofEarliest(revenue, Sql.of("cast(revenue as bigint) * -1"))))
                .isEqualTo(10);
        assertThat(whole(dialect.ofEarliest(revenue, Sql.of("(name, revenue)"))))
                .isEqualTo(1);
    }

    @Test
    void aRowIsJoinedToTheNearestBeforeIt() throws QueryFailure {
        for (long revenue : List.of(1L, 2L, 5L)) {
            event(Map.of("revenue", revenue));
        }
        var sql = Sql.template("""
                select sum(latter.revenue * 10 + former.revenue) as answer
                from {latter} as latter asof join {former} as former
                  on former.project_id = latter.project_id and latter.revenue > former.revenue""")
                .put("latter", dialect.events(scope))
                .put("former", dialect.events(scope))
                .sql();
        assertThat(run(sql, row -> row.whole("answer"))).containsExactly(10L * 2 + 1 + 10 * 5 + 2);
    }

    @Test
    void distinctValuesAreCountedExactlyAboveTheReachOfSketches() throws QueryFailure {
        engine.insert(
                "events",
                LongStream.range(0, 300)
                        .mapToObj(number -> columns(Map.of("revenue", number)))
                        .toList());
        var sql = Sql.template("select {distinct} as answer from {left} as l cross join {right} as r")
                .put("distinct", dialect.countDistinct(Sql.of("l.revenue * 1000 + r.revenue")))
                .put("left", dialect.events(scope))
                .put("right", dialect.events(scope))
                .sql();
        assertThat(run(sql, row -> row.whole("answer")).getFirst()).isEqualTo(90_000);
    }

    @Test
    void aMissOfALeftJoinIsNull() throws QueryFailure {
        event(Map.of("name", "view"));
        var sql = Sql.template("""
                        select r.name as answer from {left} as l
                        left join {right} as r on l.session_id = r.session_id and r.name = 'none'""")
                .put("left", dialect.events(scope))
                .put("right", dialect.events(scope))
                .sql();
        assertThat(texts(sql)).containsExactly("null");
    }

    @Test
    void aColumnWinsOverAnAliasOfItsName() throws QueryFailure {
        event(Map.of("name", "view"));
        var sql = Sql.template("select upper(name) as name from {events} where name = 'view'")
                .put("events", dialect.events(scope))
                .sql();
        assertThat(run(sql, row -> row.text("name"))).containsExactly("VIEW");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2026-11-22T12:00:00.123Z", "2199-12-31T23:59:59.999Z"})
    void timestampsKeepTheirMilliseconds(Instant at) throws QueryFailure {
        event(Map.of("created_at", at));
        assertThat(whole(dialect.epochMillis(Sql.of("created_at")))).isEqualTo(at.toEpochMilli());
        assertThat(instant(dialect.max(Sql.of("created_at")))).hasValue(at);
        var onlyThen = new TimeRange(at, at, ZoneOffset.UTC).holds(Sql.of("created_at"));
        assertThat(whole(dialect.countIf(onlyThen))).isEqualTo(1);
    }

    @Test
    void wholeNumbersAreDividedDownwards() throws QueryFailure {
        event(Map.of());
        for (long dividend : List.of(0L, 1L, 6L, 7L, 8L, 1_795_348_800_123L)) {
            assertThat(whole(dialect.divideWhole(Sql.value(dividend), Sql.value(7))))
                    .isEqualTo(dividend / 7);
        }
    }

    @Test
    void bitsAreSetComparedAndCounted() throws QueryFailure {
        for (long place : List.of(0L, 5L, 61L)) {
            event(Map.of("revenue", place));
        }
        long all = 1L | 1L << 5 | 1L << 61;
        // Revenue is a number without a sign.
        var bit = dialect.bit(Sql.of("cast(revenue as bigint)"));
        assertThat(whole(dialect.bitsOfAny(bit))).isEqualTo(all);
        assertThat(whole(dialect.sum(bit))).isEqualTo(all);
        var one = Sql.value(0b1100L);
        var other = Sql.value(0b1010L);
        assertThat(whole(dialect.max(dialect.bitsOfEither(one, other)))).isEqualTo(0b1110);
        assertThat(whole(dialect.max(dialect.bitsOfBoth(one, other)))).isEqualTo(0b1000);
        assertThat(whole(dialect.max(dialect.countBits(Sql.value(all))))).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"1970-01-01T00:00:00Z, 23640", "2024-02-29T23:59:59.999Z, 24289", "2026-12-31T23:59:59.999Z, 24323"})
    void monthsAreNumbered(Instant at, long index) throws QueryFailure {
        event(Map.of());
        assertThat(whole(dialect.monthIndex(Sql.value(at.toEpochMilli())))).isEqualTo(index);
    }

    @Test
    void daysAreNumberedSince1970() throws QueryFailure {
        event(Map.of("created_at", NOON));
        assertThat(whole(dialect.epochDay(Sql.of("cast(created_at as date)"))))
                .isEqualTo(LocalDate.parse("2026-11-22").toEpochDay());
    }

    @Test
    void tablesShowOneProjectAndTheLatestStateOfEachRow() throws QueryFailure {
        event(Map.of("name", "own"));
        event(Map.of("project_id", "blog", "name", "foreign"));
        engine.insert("sessions", List.of(session(scope.projectId())));
        engine.insert("sessions", List.of(session("blog")));
        for (var version : List.of("new 2", "old 1", "last 2")) {
            var seen = NOON.plusSeconds(Long.parseLong(version.substring(version.length() - 1)));
            engine.insert("profiles", List.of(profile(scope.projectId(), version, seen)));
        }
        engine.insert("profiles", List.of(profile("blog", "foreign", NOON.plusSeconds(9))));
        engine.insert("groups", List.of(group("g1", "old", 1, 0)));
        engine.insert("groups", List.of(group("g1", "new", 2, 0)));
        engine.insert("groups", List.of(group("g2", "gone", 1, 0)));
        engine.insert("groups", List.of(group("g2", "gone", 2, 1)));

        assertThat(column("name", dialect.events(scope))).containsExactly("own");
        assertThat(column("id", dialect.sessions(scope))).containsExactly("s1");
        assertThat(column("first_name", dialect.profiles(scope))).containsExactly("last 2");
        assertThat(column("first_name", dialect.profiles(scope, Sql.value("p1"))))
                .containsExactly("last 2");
        assertThat(column("first_name", dialect.profiles(scope, Sql.value("u2"))))
                .isEmpty();
        assertThat(column("name", dialect.groups(scope))).containsExactly("new");
    }

    @ParameterizedTest
    @EnumSource(Interval.class)
    void rowsFallIntoTheBucketsCutInJava(Interval interval) throws Exception {
        event(Map.of());
        for (var zone : List.of("UTC", "Asia/Kathmandu", "Europe/Berlin", "Australia/Lord_Howe")) {
            var day = LocalDate.parse("2026-04-01");
            var range = TimeRange.ofDays(day.minusDays(6), day.plusDays(8), ZoneId.of(zone));
            var buckets = Buckets.of(range, interval);
            for (var bucket : buckets.list()) {
                var first = bucket.start().toInstant();
                var edge = first.isBefore(range.start()) ? range.start() : first;
                var last = bucket.next().toInstant().minusMillis(1);
                assertThat(keyOf(buckets, edge)).as("%s %s", zone, edge).isEqualTo(bucket.key());
                if (!last.isAfter(range.end())) {
                    assertThat(keyOf(buckets, last)).as("%s %s", zone, last).isEqualTo(bucket.key());
                }
            }
        }
    }

    @Test
    void theValueOfTheLatestRowIsTaken() throws QueryFailure {
        for (long number : List.of(1L, 3L, 2L)) {
            event(Map.of("revenue", number, "path", "/" + number));
        }
        assertThat(text(dialect.ofLatest(Sql.of("path"), Sql.of("revenue")))).isEqualTo("/3");
        // Rows without a time of their own are none.
        var known = Sql.of("case when revenue < 3 then revenue end");
        assertThat(text(dialect.ofLatest(Sql.of("path"), known))).isEqualTo("/2");
        var never = Sql.of("case when revenue > 9 then revenue end");
        assertThat(text(dialect.ofLatest(Sql.of("path"), never))).isEqualTo("null");
    }

    private long keyOf(Buckets buckets, Instant at) throws QueryFailure {
        return whole(buckets.key(Sql.value(at.toEpochMilli()), dialect));
    }

    private static Map<String, Object> session(String project) {
        return Map.of("project_id", project, "id", "s1", "created_at", NOON, "ended_at", NOON);
    }

    private static Map<String, Object> profile(String project, String name, Instant seen) {
        return Map.of("project_id", project, "id", "p1", "first_name", name, "created_at", NOON, "last_seen_at", seen);
    }

    private Map<String, Object> group(String id, String name, long version, long deleted) {
        return Map.of(
                "project_id",
                scope.projectId(),
                "id",
                id,
                "name",
                name,
                "created_at",
                NOON,
                "version",
                version,
                "deleted",
                deleted);
    }
}
