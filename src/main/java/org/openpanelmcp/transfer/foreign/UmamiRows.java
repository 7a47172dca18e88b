package org.openpanelmcp.transfer.foreign;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.ingest.enrich.Flattening;
import org.openpanelmcp.transfer.foreign.CsvTable.Line;

/** Reads rows of Umami's {@code website_event}. */
final class UmamiRows {
    private static final String VIEW = "1";
    private static final String CUSTOM = "2";
    private static final List<String> UTM =
            List.of("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term");
    private static final List<String> SOURCES = List.of("utm_source", "ref", "utm_referrer");
    private static final List<String> CLICK_IDS =
            List.of("gclid", "fbclid", "msclkid", "ttclid", "li_fat_id", "twclid");
    private static final Set<String> OWN_NAMES = Set.of("session_start", "session_end", "screen_view");

    private final Times times;
    private final Refusals refusals;
    private final ReferrerNames referrers = new ReferrerNames();

    UmamiRows(Times times, Refusals refusals) {
        this.times = times;
        this.refusals = refusals;
    }

    /** @return null when the row was refused */
    @Nullable
    EventDraft read(Line line) {
        var at = times.read(line.get("created_at"));
        var name = name(line);
        var problem = problem(line, at, name);
        if (problem != null) {
            refusals.add(line.file(), line.number(), problem.reason(), problem.value());
            return null;
        }
        var id = line.get("event_id");
        var event = new EventDraft(
                id.isEmpty() ? NameUuid.of("umami", line.content()) : NameUuid.orOf(id, "umami"),
                name,
                at.orElseThrow());
        fill(event, line);
        return event;
    }

    private record Problem(String reason, String value) {}

    private static @Nullable Problem problem(Line line, OptionalLong at, String name) {
        if (at.isEmpty()) {
            return new Problem(
                    "created_at is no time between the year 2000 and now; expected is 2024-03-01 10:00:00",
                    line.get("created_at"));
        }
        if (line.get("session_id").isEmpty()) {
            return new Problem("session_id is empty, so the visitor is unknown", "");
        }
        if (name.isEmpty()) {
            var type = line.get("event_type");
            return type.equals(CUSTOM)
                    ? new Problem("a custom event (event_type 2) has no event_name", "")
                    : new Problem("event_type is neither 1 (page view) nor 2 (custom event)", type);
        }
        if (!line.get("event_type").equals(VIEW) && !line.get("event_name").isEmpty() && OWN_NAMES.contains(name)) {
            return new Problem("a custom event has a name that OpenPanel keeps for itself", name);
        }
        return null;
    }

    /** Empty when the row is of no known kind. */
    private static String name(Line line) {
        var type = line.get("event_type");
        return switch (type) {
            case VIEW -> "screen_view";
            case CUSTOM -> line.get("event_name");
            case "" -> line.get("event_name").isEmpty() ? "screen_view" : line.get("event_name");
            default -> "";
        };
    }

    private void fill(EventDraft event, Line line) {
        event.sdkName = "umami";
        event.deviceId = line.get("session_id");
        event.sessionId = line.get("visit_id");
        event.profileId = line.get("distinct_id");
        var url = line.get("url_path", "url");
        event.at(url.contains("://") ? Address.of(url) : Address.of(line.get("hostname"), url, line.get("url_query")));
        event.place = UmamiNames.place(line.get("country"), line.get("region", "subdivision1"), line.get("city"));
        event.equipment = UmamiNames.equipment(line.get("browser"), line.get("os"), line.get("device"));
        event.properties.putAll(Flattening.ofText(line.get("event_data")));
        for (var key : UTM) {
            event.property("__query." + key, line.get(key));
        }
        for (var key : CLICK_IDS) {
            event.property("__query." + key, line.get(key));
        }
        event.referrer = referrer(event, line).named(source(event), referrers);
        event.property("__title", line.get("page_title"));
        event.property("__screen", line.get("screen"));
        event.property("__language", line.get("language"));
        event.property("tag", line.get("tag"));
        event.property("__imported", "umami");
    }

    private static String source(EventDraft event) {
        for (var key : SOURCES) {
            var source = event.properties.get("__query." + key);
            if (source != null) {
                return source;
            }
        }
        return "";
    }

    private Referrer referrer(EventDraft event, Line line) {
        var domain = line.get("referrer_domain");
        var whole = line.get("referrer");
        if (domain.isEmpty()) {
            return Referrer.of(whole, "", Address.host(event.origin), referrers);
        }
        var query = line.get("referrer_query");
        var address = "https://" + domain + line.get("referrer_path") + (query.isEmpty() ? "" : "?" + query);
        return Referrer.of(address, "", Address.host(event.origin), referrers);
    }
}
