package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Days that random data meets too rarely: found by long runs, kept here. */
class RareDaysTest {
    private static final SampleEvent ANY_EVENT =
            new SampleEvent(new UUID(1, 1), 0, Map.of("name", "click", "device_id", "d1"), Map.of(), 0, 0);

    @TempDir
    Path folder;

    @Test
    void aRangeThatEndsInTheHourRepeatedBeforeMidnightKeepsItsEarlierDays() throws IOException {
        // Goose Bay, 2010-11-07 00:01: back to 23:01. The old offset holds for all days before.
        var project =
                project("America/Goose_Bay", "2010-11-12T00:00:00Z", "2010-11-04T03:30:00Z", "2010-11-07T03:30:00Z");
        var series = overview(project, "2010-11-03T12:00", "2010-11-06T23:49", "");

        assertThat(sessionsByDay(series))
                .containsExactly("2010-11-03: 0", "2010-11-04: 1", "2010-11-05: 0", "2010-11-06: 0", "2010-11-07: 1");
    }

    @Test
    void peopleOfADayThatHadBegunBeforeTheHourRepeatedAtItsMidnightAreCounted() throws IOException {
        var project = project("America/Goose_Bay", "2010-11-12T00:00:00Z");
        var arguments = AskedStore.arguments()
                .put("startDate", "2010-11-06T21:30")
                .put("endDate", "2010-11-06T23:43")
                .put("days", 1);
        try (var store = AskedStore.load(folder, List.of(project))) {
            assertThat(store.ask(project, "get_rolling_active_users", arguments)
                            .get("series")
                            .valueStream()
                            .map(day -> day.get("date").stringValue()))
                    .containsExactly("2010-11-06", "2010-11-07");
        }
    }

    @Test
    void theBucketOfTheLeapDayIsComparedWithThe28th() throws IOException {
        var project = project("Europe/Berlin", "2024-03-05T00:00:00Z", "2023-02-28T12:00:00Z", "2024-02-29T12:00:00Z");
        var answer = overview(project, "2024-02-29", "2024-02-29", "previous_year");

        assertThat(answer.at("/summary/previous/total_sessions").longValue()).isEqualTo(1);
        assertThat(answer.at("/series/0/previous/total_sessions").longValue()).isEqualTo(1);
    }

    @Test
    void aDayWithoutMidnightIsComparedWithAWholeDay() throws IOException {
        var project = project("Asia/Beirut", "2022-04-01T00:00:00Z", "2022-03-25T22:15:00Z", "2022-03-27T12:00:00Z");
        var answer = overview(project, "2022-03-27", "2022-03-27", "previous_period");

        assertThat(answer.at("/summary/previous/total_sessions").longValue()).isEqualTo(1);
        assertThat(answer.at("/series/0/previous/total_sessions").longValue()).isEqualTo(1);
    }

    @Test
    void theDayThatSamoaLeftOutIsNoBucketAndLosesNothing() throws IOException {
        var project =
                project("Pacific/Apia", "2012-01-05T00:00:00Z", "2011-12-30T09:59:59.999Z", "2011-12-30T10:00:00Z");
        var series = overview(project, "2011-12-29", "2011-12-31", "");

        assertThat(sessionsByDay(series)).containsExactly("2011-12-29: 1", "2011-12-31: 1");
    }

    private ObjectNode overview(SampleProject project, String start, String end, String compare) throws IOException {
        var arguments = AskedStore.arguments().put("startDate", start).put("endDate", end);
        if (!compare.isEmpty()) {
            arguments.put("compare", compare);
        }
        try (var store = AskedStore.load(folder, List.of(project))) {
            return store.ask(project, "get_analytics_overview", arguments);
        }
    }

    private static List<String> sessionsByDay(ObjectNode answer) {
        return StreamSupport.stream(answer.get("series").spliterator(), false)
                .map(bucket -> bucket.get("date").asString().substring(0, 10) + ": "
                        + bucket.get("total_sessions").asString())
                .toList();
    }

    private static SampleProject project(String zone, String now, String... sessionStarts) {
        var sessions = new ArrayList<SampleSession>();
        for (var start : sessionStarts) {
            sessions.add(new SampleSession(
                    "s" + sessions.size(), Instant.parse(start).toEpochMilli(), 0, true, 1, 0, Map.of()));
        }
        return new SampleProject(0, "acme", "shop", ZoneId.of(zone), Instant.parse(now), List.of(ANY_EVENT), sessions);
    }
}
