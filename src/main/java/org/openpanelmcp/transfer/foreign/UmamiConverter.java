package org.openpanelmcp.transfer.foreign;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.openpanelmcp.transfer.TransferProblem;
import org.openpanelmcp.transfer.foreign.CsvTable.Line;

/** Umami's raw events: a visit is a session here, a session a visitor. */
final class UmamiConverter implements Converter {
    private static final int MOST_WEBSITES = 1000;

    private static final Set<String> USED = Set.of(
            "website_id",
            "session_id",
            "visit_id",
            "event_id",
            "created_at",
            "url_path",
            "url",
            "url_query",
            "hostname",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_content",
            "utm_term",
            "gclid",
            "fbclid",
            "msclkid",
            "ttclid",
            "li_fat_id",
            "twclid",
            "referrer",
            "referrer_domain",
            "referrer_path",
            "referrer_query",
            "page_title",
            "event_type",
            "event_name",
            "event_data",
            "tag",
            "browser",
            "os",
            "device",
            "screen",
            "language",
            "country",
            "region",
            "subdivision1",
            "city",
            "distinct_id");

    private static final String VIEWS = """
            create or replace temp table visits as
            select created_at, device_id, session_id from events where name = 'screen_view'""";

    /** As Umami's overview of a single day counts: page views only, visits cut at midnight. */
    private static final String BY_DAY = """
            with placed as (
                select d.day, v.* from visits v asof join days d on v.created_at >= d.starts
            ), ofvisit as (
                select day, session_id, count(*) as views,
                    epoch_ms(max(created_at)) - epoch_ms(min(created_at)) as lasted
                from placed group by day, session_id
            ), ofvisitor as (
                select day, count(distinct device_id) as visitors from placed group by day
            )
            select day, any_value(visitors), count(*), sum(views), count(*) filter (views = 1), sum(lasted)
            from ofvisit join ofvisitor using (day) group by day""";

    private final Conversion conversion = new Conversion();
    private final List<WrongFile.Seen> others = new ArrayList<>();
    private final Map<String, Long> websites = new TreeMap<>();
    private final Set<String> unused = new TreeSet<>();
    private boolean found;
    private boolean withoutVisits;

    @Override
    public Conversion convert(ForeignRequest request, Packed packed, Scratch scratch) throws SQLException {
        var zone = request.timezone() == null ? (ZoneId) ZoneOffset.UTC : request.timezone();
        var rows = new UmamiRows(new Times(zone, request.now()), conversion.refusals);
        try (var extras = new UmamiExtras(scratch)) {
            packed.each((name, content) -> read(request, name, content, rows, extras, scratch));
            requireEvents(request);
            conversion.repeated = scratch.settle();
            extras.apply();
        }
        if (withoutVisits) {
            Visits.cut(scratch);
            conversion.notes.add("Rows have no visit_id: visits were cut where a visitor was silent for 30 minutes.");
        }
        Visits.inheritReferrers(scratch);
        scratch.execute(VIEWS);
        conversion.old.putAll(new DayTotals(scratch.connection(), request.projectZone()).ofVisits(BY_DAY));
        Visits.mark(scratch);
        note(request);
        return conversion;
    }

    private void read(
            ForeignRequest request,
            String name,
            InputStream content,
            UmamiRows rows,
            UmamiExtras extras,
            Scratch scratch)
            throws IOException {
        var table = CsvTable.open(name, content);
        if (extras.take(table, conversion)) {
            return;
        }
        if (!table.has("created_at", "session_id") || !(table.has("url_path") || table.has("url"))) {
            others.add(new WrongFile.Seen(name, table.header()));
            return;
        }
        found = true;
        table.header().stream().filter(column -> !USED.contains(column)).forEach(unused::add);
        table.rows(conversion.refusals, line -> add(request, line, rows, scratch));
    }

    private void add(ForeignRequest request, Line line, UmamiRows rows, Scratch scratch) {
        conversion.read++;
        var website = line.get("website_id");
        if (websites.size() < MOST_WEBSITES || websites.containsKey(website)) {
            websites.merge(website, 1L, Long::sum);
        }
        if (request.website() != null && !request.website().equals(website)) {
            return;
        }
        var event = rows.read(line);
        if (event != null) {
            withoutVisits |= event.sessionId.isEmpty();
            scratch.add(event, !line.get("event_id").isEmpty());
        }
    }

    private void requireEvents(ForeignRequest request) {
        if (!found) {
            throw WrongFile.of(
                    request,
                    others,
                    "Expected is a CSV of the table website_event, with at least created_at, session_id and url_path.");
        }
        var wanted = request.website();
        if (wanted == null && websites.size() > 1) {
            throw new TransferProblem(request.file() + " holds " + websites.size()
                    + " websites. Choose one with --website: " + shownWebsites() + ".");
        }
        if (wanted != null && !websites.containsKey(wanted)) {
            throw new TransferProblem(request.file() + " holds no website " + wanted + "."
                    + (websites.isEmpty() ? " It holds no rows." : " It holds " + shownWebsites() + "."));
        }
    }

    private String shownWebsites() {
        return websites.entrySet().stream()
                .limit(20)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + " rows)")
                .collect(Collectors.joining(", "));
    }

    private void note(ForeignRequest request) {
        if (request.website() != null && websites.size() > 1) {
            long others = conversion.read - websites.getOrDefault(request.website(), 0L);
            conversion.notes.add(others + " rows of other websites were left out.");
        }
        if (!unused.isEmpty()) {
            conversion.notes.add("Columns without a use here: " + String.join(", ", unused) + ".");
        }
        if (!others.isEmpty()) {
            conversion.notes.add("Files without a use here: "
                    + others.stream().map(WrongFile.Seen::name).collect(Collectors.joining(", ")) + ".");
        }
        conversion.notes.add(
                "Old figures count as Umami's overview of a single day does: visits and visitors with a page"
                        + " view on that day. Here a visit belongs wholly to the day it starts on, one without a page view counts"
                        + " and bounces, and its duration takes custom events into account.");
    }
}
