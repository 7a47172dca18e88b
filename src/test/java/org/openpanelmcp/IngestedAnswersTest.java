package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the tools answer of events that came in over HTTP is a matter of what happened, not of how it came in. */
class IngestedAnswersTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int VISITORS = 8;
    /** Tools that are about something else than the events of a project. */
    private static final List<String> APART = List.of("get_dashboard_urls", "list_metrics");

    private final Instant firstDay = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(6));

    @TempDir
    Path folder;

    @Test
    void answersStayTheSameOverARestartAndARebuildFromTheJournal() throws Exception {
        Map<String, JsonNode> live;
        try (var site = site("a")) {
            for (var event : inOrder(1)) {
                site.fromServer("/track", event, "User-Agent", TrackSite.BROWSER);
            }
            site.fromServer("/track", """
                    {"type":"identify","payload":{"profileId":"u1","firstName":"Ada","properties":{"plan":"pro"}}}""");
            site.fromServer("/track", """
                    {"type":"group","payload":{"id":"g1","type":"company","name":"Acme"}}""");
            site.fromServer("/track", """
                    {"type":"assign_group","payload":{"profileId":"u1","groupIds":["g1"]}}""");
            live = answers(site);
        }
        try (var site = site("a")) {
            assertSame(answers(site), live);
        }
        Files.delete(DuckDbDatabase.fileIn(folder.resolve("a")));
        try (var site = site("a")) {
            assertSame(answers(site), live);
        }
    }

    @Test
    void answersAreTheSameWhateverTheBatchesAndTheOrderOfArrival() throws Exception {
        var events = inOrder(2);
        Map<String, JsonNode> ordered;
        try (var site = site("ordered")) {
            assertTaken(site, events);
            ordered = answers(site);
        }
        var shuffled = new ArrayList<>(events);
        var random = new Random(3);
        Collections.shuffle(shuffled, random);
        try (var site = site("shuffled");
                var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Boolean>>();
            for (int from = 0; from < shuffled.size(); ) {
                int to = Math.min(shuffled.size(), from + 1 + random.nextInt(12));
                var batch = shuffled.subList(from, to);
                calls.add(() -> assertTaken(site, batch));
                from = to;
            }
            for (var call : senders.invokeAll(calls)) {
                assertThat(call.get()).isTrue();
            }
            assertSame(answers(site), ordered);
        }
    }

    private static void assertSame(Map<String, JsonNode> answers, Map<String, JsonNode> before) {
        assertThat(answers.keySet()).isEqualTo(before.keySet());
        answers.forEach((tool, answer) -> assertThat(answer).as(tool).isEqualTo(before.get(tool)));
    }

    private TrackSite site(String name) throws Exception {
        return new TrackSite(Files.createDirectories(folder.resolve(name)));
    }

    private static boolean assertTaken(TrackSite site, List<String> events) throws Exception {
        var answer =
                site.fromServer("/track/batch", "[" + String.join(",", events) + "]", "User-Agent", TrackSite.BROWSER);
        assertThat(TrackSite.json(answer).path("refused").asInt(-1))
                .as(answer.body())
                .isZero();
        return true;
    }

    /**
     * Visits with hours in between, so that no order of arrival makes one of two; each within a half hour of the clock, by
     * which a session is named when its first event arrives, and from one source, as an event keeps the one that its session
     * had when it came in.
     */
    private List<String> inOrder(long seed) {
        var random = new Random(seed);
        var events = new TreeMap<Instant, String>();
        for (int visitor = 0; visitor < VISITORS; visitor++) {
            for (int visit = 0; visit < 4; visit++) {
                var at = firstDay.plus(Duration.ofMinutes(60L * visitor + 1_800L * visit + 5))
                        .plusMillis(visitor);
                int source = random.nextInt(3);
                for (int i = 0; i < 2 + random.nextInt(5); i++) {
                    events.put(at, event(visitor, at, i, source, random));
                    at = at.plusMillis(VISITORS * (1L + random.nextInt(20_000)));
                }
            }
        }
        return List.copyOf(events.values());
    }

    private static String event(int visitor, Instant at, int place, int source, Random random) {
        var event = JSON.createObjectNode().put("type", "track");
        var payload = event.putObject("payload").put("id", visitor + "-" + at);
        if (visitor < 4 && place > 0) {
            payload.put("profileId", "u" + visitor);
        }
        var properties = payload.putObject("properties")
                .put("__deviceId", "d" + visitor)
                .put("__timestamp", at.toString())
                .put("__os", "Linux")
                .put("__device", visitor % 2 == 0 ? "desktop" : "mobile");
        int page = random.nextInt(4);
        properties
                .put("__path", "https://shop.example/p" + page + "?utm_source=s" + source)
                .put("__title", "Page " + page);
        payload.putArray("groups").add("g" + visitor % 2);
        switch (random.nextInt(5)) {
            case 0 -> properties.put("plan", "p" + random.nextInt(2));
            case 1 -> properties.put("__revenue", random.nextInt(5_000));
            default -> properties.put("seen", true);
        }
        payload.put("name", properties.has("plan") ? "sign_up" : properties.has("seen") ? "screen_view" : "revenue");
        return event.toString();
    }

    /** What every tool says of the week, once all that was accepted is stored. */
    private Map<String, JsonNode> answers(TrackSite site) throws Exception {
        while (!site.get("/metrics").body().contains("openpanel_journal_lag 0.0")) {
            Thread.onSpinWait();
        }
        var caller = site.caller();
        var answers = new TreeMap<String, JsonNode>();
        for (var tool : caller.request("tools/list", JSON.createObjectNode()).at("/result/tools")) {
            var name = tool.path("name").stringValue();
            if (APART.contains(name)) {
                continue;
            }
            boolean ranged = tool.at("/inputSchema/properties").has("startDate") && !name.equals("find_profiles");
            var range = ranged ? week() : "{}";
            var answer = caller.call(name, LeastArguments.with(name, range));
            // Only where nobody has told about the group.
            assertThat(answer.isError() && !name.equals("get_group"))
                    .as(name + answer.content())
                    .isFalse();
            var content = (ObjectNode) answer.content();
            // Sealed with a key of the installation's own, and the present, up to which a range goes.
            content.withObject("meta").remove(List.of("handle", "nextCursor", "range"));
            answers.put(name, content);
        }
        var overview = answers.getOrDefault("get_analytics_overview", JSON.nullNode());
        assertThat(overview.at("/summary/total_sessions").intValue()).isEqualTo(VISITORS * 4);
        return answers;
    }

    private String week() {
        return "{\"startDate\":\"%s\",\"endDate\":\"%s\"}"
                .formatted(day(firstDay), day(firstDay.plus(Duration.ofDays(6))));
    }

    private static String day(Instant at) {
        return at.toString().substring(0, 10);
    }
}
