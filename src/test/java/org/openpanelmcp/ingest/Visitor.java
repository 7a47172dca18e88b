package org.openpanelmcp.ingest;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.openpanelmcp.ingest.Entry.Agent;
import org.openpanelmcp.ingest.Entry.Event;
import org.openpanelmcp.ingest.Entry.Page;
import org.openpanelmcp.ingest.Entry.Place;
import org.openpanelmcp.ingest.Entry.Referrer;
import org.openpanelmcp.ingest.Entry.Sdk;

/** Makes entries as the edge does. */
record Visitor(String project, List<String> devices, String profile, String referrer, boolean server) {
    static final Place STOCKHOLM = new Place("SE", "Stockholm", "Stockholm", 18.06f, 59.33f);
    static final Agent FIREFOX = new Agent("Windows", "11", "Firefox", "140.0", "desktop", "", "");
    static final Agent SERVER = new Agent("", "", "", "", "server", "", "");

    static Visitor of(String... devices) {
        return new Visitor("shop", List.of(devices), "", "", false);
    }

    Visitor as(String profileId) {
        return new Visitor(project, devices, profileId, referrer, server);
    }

    Visitor from(String name) {
        return new Visitor(project, devices, profile, name, server);
    }

    Visitor onServer() {
        return new Visitor(project, devices, profile, referrer, true);
    }

    Visitor in(String projectId) {
        return new Visitor(projectId, devices, profile, referrer, server);
    }

    Event views(String path, long at) {
        return event("screen_view", path, at, 0, Map.of());
    }

    Event does(String name, long at) {
        return event(name, "", at, 0, Map.of());
    }

    Event pays(long revenue, long at) {
        return event("revenue", "", at, revenue, Map.of());
    }

    Event event(String name, String path, long at, long revenue, Map<String, String> properties) {
        var source = referrer.isEmpty()
                ? new Referrer("", "", "")
                : new Referrer("https://" + referrer + ".example", referrer, "search");
        return new Event(
                project,
                at,
                UUID.randomUUID(),
                name,
                at,
                devices,
                profile,
                List.of(),
                new Page(path, path.isEmpty() ? "" : "https://shop.example"),
                source,
                STOCKHOLM,
                server ? SERVER : FIREFOX,
                new Sdk("web", "1.0.0"),
                server,
                revenue,
                properties);
    }

    Entry.ProfilePatch identify(String firstName, long at, String... properties) {
        var map = new HashMap<String, String>();
        for (int i = 0; i < properties.length; i += 2) {
            map.put(properties[i], properties[i + 1]);
        }
        return new Entry.ProfilePatch(project, at, profile, firstName, "", "", "", map);
    }

    Entry.ProfileIncrement increment(String property, String by, long at) {
        return new Entry.ProfileIncrement(project, at, profile, property, new BigDecimal(by));
    }
}
