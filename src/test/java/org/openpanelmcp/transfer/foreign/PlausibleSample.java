package org.openpanelmcp.transfer.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Random visits, and the export that Plausible would make of them. */
final class PlausibleSample {
    private static final List<String> PATHS = List.of("/", "/pricing", "/docs", "/docs/start", "/blog", "/about");

    private final RandomGenerator random;
    private final List<Visit> visits = new ArrayList<>();

    private record Visit(
            String date,
            int visitor,
            List<String> pages,
            int seconds,
            String source,
            String location,
            String device,
            String browser,
            String system) {
        int bounces() {
            return pages.size() == 1 ? 1 : 0;
        }
    }

    private static final class Sums {
        private final Set<Integer> visitors = new HashSet<>();
        private long visits;
        private long views;
        private long bounces;
        private long seconds;

        void add(Visit visit, int viewsHere) {
            visitors.add(visit.visitor());
            visits++;
            views += viewsHere;
            bounces += visit.bounces();
            seconds += visit.seconds();
        }
    }

    PlausibleSample(RandomGenerator random, int days, int mostVisits) {
        this.random = random;
        for (int day = 0; day < days; day++) {
            var date = LocalDate.of(2024, 3, 30).plusDays(day).toString();
            int count = random.nextInt(1, mostVisits);
            for (int i = 0; i < count; i++) {
                visits.add(visit(date, random.nextInt(1 + count * 2 / 3)));
            }
        }
    }

    private Visit visit(String date, int visitor) {
        int length = random.nextInt(100) < 55 ? 1 : random.nextInt(2, random.nextInt(10) == 0 ? 30 : 6);
        var pages = new ArrayList<String>();
        for (int i = 0; i < length; i++) {
            pages.add(pick(PATHS));
        }
        return new Visit(
                date,
                visitor,
                pages,
                length == 1 ? 0 : random.nextInt(1, 900),
                pick(List.of(
                        ",,,,,,", "Google,google.com,,,,,", "news,,news,email,spring,,", "GitHub,github.com,,,,,")),
                pick(List.of("SE,SE-M,1", "DE,DE-BE,2", "US,US-CA,3", "FR,FR-PAC,4", "GB,GB-ENG,5")),
                pick(List.of("Desktop", "Laptop", "Mobile", "Tablet")),
                pick(List.of("Chrome,122", "Chrome,121", "Firefox,123", "Safari,17")),
                pick(List.of("Windows,11", "Mac,14", "iOS,17", "Android,14")));
    }

    /** The first ones are more frequent. */
    private String pick(List<String> values) {
        return values.get(Math.min(random.nextInt(values.size()), random.nextInt(values.size())));
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        write(folder, "visitors", "date", visit -> visit.date());
        write(
                folder,
                "sources",
                "date,source,referrer,utm_source,utm_medium,utm_campaign,utm_content,utm_term",
                visit -> visit.date() + "," + visit.source());
        write(folder, "locations", "date,country,region,city", visit -> visit.date() + "," + visit.location());
        write(folder, "devices", "date,device", visit -> visit.date() + "," + visit.device());
        write(folder, "browsers", "date,browser,browser_version", visit -> visit.date() + "," + visit.browser());
        write(
                folder,
                "operating_systems",
                "date,operating_system,operating_system_version",
                visit -> visit.date() + "," + visit.system());
        write(
                folder,
                "entry_pages",
                "date,entry_page",
                visit -> visit.date() + "," + visit.pages().getFirst());
        write(
                folder,
                "exit_pages",
                "date,exit_page",
                visit -> visit.date() + "," + visit.pages().getLast());
        writePages(folder);
    }

    private void write(Path folder, String table, String labels, Function<Visit, String> key) throws IOException {
        var sums = new TreeMap<String, Sums>();
        for (var visit : visits) {
            sums.computeIfAbsent(key.apply(visit), missing -> new Sums())
                    .add(visit, visit.pages().size());
        }
        var counted = Map.of("entry_pages", "entrances", "exit_pages", "exits").getOrDefault(table, "visits");
        save(folder, table, labels + ",visitors," + counted + ",visit_duration,bounces,pageviews", sums);
    }

    private void writePages(Path folder) throws IOException {
        var sums = new TreeMap<String, Sums>();
        for (var visit : visits) {
            for (var page : new HashSet<>(visit.pages())) {
                int views = (int) visit.pages().stream().filter(page::equals).count();
                sums.computeIfAbsent(visit.date() + ",shop.example," + page, missing -> new Sums())
                        .add(visit, views);
            }
        }
        save(folder, "pages", "date,hostname,page,visitors,visits,visit_duration,bounces,pageviews", sums);
    }

    private static void save(Path folder, String table, String header, Map<String, Sums> sums) throws IOException {
        var lines = new ArrayList<String>();
        lines.add(header);
        sums.forEach((key, sum) -> lines.add(key + "," + sum.visitors.size() + "," + sum.visits + "," + sum.seconds
                + "," + sum.bounces + "," + sum.views));
        Files.write(folder.resolve("imported_" + table + "_20240330_20240430.csv"), lines);
    }

    /** Visits and page views by a key of the export, of all days. */
    List<String> by(Function<String, String> key, String table) {
        var sums = new TreeMap<String, Sums>();
        for (var visit : visits) {
            var label = switch (table) {
                case "sources" -> visit.source();
                case "locations" -> visit.location();
                case "devices" -> visit.device();
                case "browsers" -> visit.browser();
                default -> visit.system();
            };
            sums.computeIfAbsent(visit.date() + "|" + key.apply(label), missing -> new Sums())
                    .add(visit, visit.pages().size());
        }
        return sums.entrySet().stream()
                .map(entry -> entry.getKey() + "|" + entry.getValue().visits + "|" + entry.getValue().views)
                .toList();
    }

    /** Page views by page, of all days. */
    List<String> pages() {
        var counts = new TreeMap<String, Long>();
        for (var visit : visits) {
            visit.pages().forEach(page -> counts.merge(visit.date() + "|" + page, 1L, Long::sum));
        }
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + "|" + entry.getValue())
                .toList();
    }

    /** Visits by the page they begin or end on, of all days. */
    List<String> ends(boolean entry) {
        var counts = new TreeMap<String, Long>();
        for (var visit : visits) {
            var page = entry ? visit.pages().getFirst() : visit.pages().getLast();
            counts.merge(visit.date() + "|" + page, 1L, Long::sum);
        }
        return counts.entrySet().stream()
                .map(found -> found.getKey() + "|" + found.getValue())
                .toList();
    }
}
