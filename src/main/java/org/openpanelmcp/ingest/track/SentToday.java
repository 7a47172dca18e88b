package org.openpanelmcp.ingest.track;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.openpanelmcp.metadata.Facts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many events each project has sent on the present day of UTC. Written down now and then, so that a restart does not
 * begin the day anew. Safe for several threads.
 */
final class SentToday {
    private static final Logger LOG = LoggerFactory.getLogger(SentToday.class);
    private static final String FACT = "ingest_sent_today";
    private static final JsonMapper JSON = new JsonMapper();

    private final Facts facts;
    private final InstantSource clock;
    private volatile Day today;
    private String saved = "";

    private record Day(LocalDate date, ConcurrentHashMap<String, Long> sent) {}

    SentToday(Facts facts, InstantSource clock) {
        this.facts = facts;
        this.clock = clock;
        this.today = facts.get(FACT).map(SentToday::read).orElseGet(() -> empty(LocalDate.MIN));
    }

    /** Counts further events. @return how many there are with them */
    long add(String projectId, long events) {
        return day().sent().merge(projectId, events, Long::sum);
    }

    private Day day() {
        var date = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var day = today;
        return day.date().equals(date) ? day : turned(date);
    }

    private synchronized Day turned(LocalDate date) {
        if (!today.date().equals(date)) {
            today = empty(date);
        }
        return today;
    }

    private static Day empty(LocalDate date) {
        return new Day(date, new ConcurrentHashMap<>());
    }

    /** Writes down what was counted since the last time. */
    synchronized void save() {
        var day = day();
        var json = JSON.createObjectNode().put("day", day.date().toString());
        var sent = json.putObject("sent");
        new TreeMap<>(day.sent()).forEach(sent::put);
        var text = json.toString();
        if (!text.equals(saved) && !day.sent().isEmpty()) {
            facts.put(FACT, text);
            saved = text;
        }
    }

    private static Day read(String text) {
        try {
            var json = JSON.readTree(text);
            var day = empty(LocalDate.parse(json.path("day").asString()));
            for (Map.Entry<String, JsonNode> project : json.path("sent").properties()) {
                day.sent().put(project.getKey(), project.getValue().asLong());
            }
            return day;
        } catch (JacksonException | DateTimeParseException damaged) {
            LOG.warn("What projects have sent today cannot be read and is counted anew", damaged);
            return empty(LocalDate.MIN);
        }
    }
}
