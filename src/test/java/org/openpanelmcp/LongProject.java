package org.openpanelmcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A transfer folder of the fixture's bare project in which everything is long and much: paths, names, properties. */
final class LongProject {
    static final int SESSIONS = 400;
    static final int MEMBERS = 60;
    static final String BUSY = "person-0";
    static final String GROUP = "long-group";

    /** A property key with which one event alone is too long for an answer. */
    static final String GIANT = "giant";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant FIRST = Instant.parse("2024-01-02T08:00:00Z");
    private static final String[] WORDS = {
        "winter", "collection", "checkout", "overview", "how", "measure", "what", "matters", "shop", "customer",
        "story", "analytics", "guide", "product", "newsletter", "campaign", "summer", "privacy", "pricing", "compare"
    };

    private final Random random = new Random(42);
    private final List<String> pages = IntStream.range(0, 60)
            .mapToObj(page -> "/" + words(20, "-") + "/" + page)
            .toList();

    private LongProject() {}

    static void write(Path folder) throws IOException {
        var project = new LongProject();
        Files.write(folder.resolve("events.jsonl"), project.events());
        Files.write(folder.resolve("profiles.jsonl"), project.profiles());
        Files.write(folder.resolve("groups.jsonl"), project.groups());
    }

    private String words(int count, String between) {
        return IntStream.range(0, count)
                .mapToObj(i -> WORDS[random.nextInt(WORDS.length)])
                .collect(Collectors.joining(between));
    }

    private List<String> events() {
        var lines = new ArrayList<String>();
        for (int session = 0; session < SESSIONS; session++) {
            var begin = FIRST.plus(Duration.ofHours(4L * session));
            for (int i = 0; i < 12; i++) {
                var event = event(session, lines.size(), begin.plusSeconds(30L * i));
                event.put("name", i == 11 ? "event " + session + " " + words(12, " ") : "screen_view");
                lines.add(event.toString());
            }
        }
        var giant = event(0, lines.size(), FIRST.plus(Duration.ofDays(66)));
        var properties = giant.put("name", "giant event").putObject("properties");
        IntStream.range(0, 400).forEach(key -> properties.put(GIANT + key, words(40, " ")));
        lines.add(giant.toString());
        return lines;
    }

    private ObjectNode event(int session, int number, Instant at) {
        // Every other session is one person's.
        var person = session % 2 == 0 ? BUSY : "person-" + session;
        var event = row(at).put("id", "000000aa-0000-4000-8000-%012x".formatted(number))
                .put("device_id", "device-" + person)
                .put("profile_id", person)
                .put("session_id", "session-" + session)
                .put("path", pages.get(random.nextInt(pages.size())))
                .put("origin", "https://" + words(3, "-") + ".test")
                .put("city", words(6, " "))
                .put("browser", words(4, " ") + " " + session)
                .put("referrer", "https://" + words(8, "-") + ".test/" + session)
                .put("referrer_name", words(5, " "))
                .put("country", "SE");
        event.putArray("groups").add(GROUP);
        var properties = event.putObject("properties");
        properties.put("__title", words(10, " "));
        for (int key = 0; key < 8; key++) {
            properties.put("property " + key + " of " + words(4, " "), words(12, " "));
        }
        properties.put("plan", words(5, " "));
        return event;
    }

    private List<String> profiles() {
        return IntStream.range(0, SESSIONS)
                .mapToObj(number -> {
                    var profile = row(FIRST).put("id", "person-" + number).put("is_external", true);
                    profile.put("first_name", words(3, " ")).put("email", words(4, ".") + "@acme.test");
                    profile.put("last_seen_at", FIRST.plusSeconds(number).toString());
                    if (number < MEMBERS) {
                        profile.putArray("groups").add(GROUP);
                    }
                    var properties = profile.putObject("properties");
                    IntStream.range(0, 20).forEach(key -> properties.put("trait " + key, words(15, " ")));
                    return profile.toString();
                })
                .toList();
    }

    private List<String> groups() {
        return IntStream.range(0, 150)
                .mapToObj(number -> {
                    var group = row(FIRST).put("id", number == 0 ? GROUP : "group-" + number);
                    group.put("type", "type " + number + " " + words(10, " ")).put("name", words(10, " "));
                    var properties = group.putObject("properties");
                    IntStream.range(0, 20).forEach(key -> properties.put("trait " + key, words(15, " ")));
                    return group.toString();
                })
                .toList();
    }

    private static ObjectNode row(Instant at) {
        return JSON.createObjectNode().put("project_id", "bare").put("created_at", at.toString());
    }
}
