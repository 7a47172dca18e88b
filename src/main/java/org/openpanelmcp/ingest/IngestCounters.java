package org.openpanelmcp.ingest;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often what came of requests, since the start. Safe for several threads. */
public final class IngestCounters {
    private final Map<String, LongAdder> results = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> bots = new ConcurrentHashMap<>();

    /** @param result stored, duplicate, excluded or discarded */
    public void result(String result) {
        add(results, result);
    }

    /** @param code of the answer; one of the few that the program has */
    public void refused(String code) {
        add(refusals, code);
    }

    /** @param type what the bot is for */
    public void bot(String type) {
        add(bots, type);
    }

    public Map<String, Long> results() {
        return totals(results);
    }

    public Map<String, Long> refusals() {
        return totals(refusals);
    }

    public Map<String, Long> bots() {
        return totals(bots);
    }

    private static void add(Map<String, LongAdder> counts, String what) {
        counts.computeIfAbsent(what, name -> new LongAdder()).increment();
    }

    private static Map<String, Long> totals(Map<String, LongAdder> counts) {
        var totals = new TreeMap<String, Long>();
        counts.forEach((name, count) -> totals.put(name, count.sum()));
        return totals;
    }
}
