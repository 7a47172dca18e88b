package org.openpanelmcp.ingest.track;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.openpanelmcp.ingest.Entry;
import org.openpanelmcp.ingest.enrich.Enrichment;
import org.openpanelmcp.ingest.enrich.Flattening;
import org.openpanelmcp.ingest.enrich.Page;
import org.openpanelmcp.ingest.enrich.UserAgents;

/** Makes of a call what is kept: the call itself and what its sender and surroundings add. Safe for several threads. */
final class EntryMaker {
    private static final int LONGEST_PATH = 4_096;

    private final Enrichment enrichment;

    EntryMaker(Enrichment enrichment) {
        this.enrichment = enrichment;
    }

    /**
     * The entries of a call; the last is the call's own, whose receipt answers it.
     *
     * @param id of the event, if it is one
     * @param receivedAt epoch milliseconds
     */
    List<Entry> entries(Sender sender, Visitor visitor, Call call, UUID id, long receivedAt) {
        return switch (call) {
            case Call.Track track -> track(sender, visitor, track, id, receivedAt);
            case Call.Identify identify -> List.of(patch(sender, visitor, identify, receivedAt));
            case Call.Increment increment ->
                List.of(new Entry.ProfileIncrement(
                        sender.projectId(), receivedAt, increment.profileId(), increment.property(), increment.by()));
            case Call.Group group ->
                List.of(new Entry.GroupPatch(
                        sender.projectId(), receivedAt, group.id(), group.type(), group.name(), group.properties()));
            case Call.AssignGroup assign ->
                List.of(new Entry.GroupMembership(
                        sender.projectId(),
                        receivedAt,
                        assign.profileId(),
                        devices(sender, visitor),
                        assign.groupIds()));
            case Call.Replay replay -> List.of();
        };
    }

    /** The ids that the visitor's device may have. */
    List<String> devices(Sender sender, Visitor visitor) {
        var agent = visitor.userAgent().isEmpty() ? UserAgents.UNKNOWN : visitor.userAgent();
        return enrichment.devices(agent, visitor.address(), sender.projectId());
    }

    private List<Entry> track(Sender sender, Visitor connected, Call.Track call, UUID id, long receivedAt) {
        var said = sender.proven() ? Visitor.canonical(call.controls().address()) : "";
        var visitor = said.isEmpty() ? connected : connected.at(said);
        var entries = new ArrayList<Entry>(2);
        if (call.identify() != null) {
            entries.add(patch(sender, visitor, call.identify(), receivedAt));
        }
        entries.add(event(sender, visitor, call, id, receivedAt));
        return entries;
    }

    private Entry.Event event(Sender sender, Visitor visitor, Call.Track call, UUID id, long receivedAt) {
        var parsed = enrichment.agents().parse(visitor.userAgent());
        var page = Page.of(cut(call.controls().page()));
        var own = page.origin().isEmpty() ? visitor.origin() : page.origin();
        return new Entry.Event(
                sender.projectId(),
                receivedAt,
                id,
                call.name(),
                call.at(),
                candidates(sender, visitor, call, parsed.server()),
                call.profileId(),
                call.groups(),
                new Entry.Page(page.path(), page.origin()),
                enrichment.referrer(cut(call.controls().referrer()), own, page.query()),
                visitor.place().orElseGet(() -> enrichment.geo().place(visitor.address())),
                parsed.server()
                        ? parsed.agent()
                        : overridden(parsed.agent(), call.controls().agent()),
                visitor.sdk(),
                parsed.server(),
                call.controls().revenue(),
                properties(call, page, sender.proven() || parsed.server() ? List.of() : visitor.suspicions()));
    }

    private List<String> candidates(Sender sender, Visitor visitor, Call.Track call, boolean server) {
        var override = call.controls().deviceId();
        if (!override.isEmpty()) {
            return List.of(override);
        }
        return server ? List.of() : devices(sender, visitor);
    }

    private static Map<String, String> properties(Call.Track call, Page page, List<String> suspicions) {
        var properties = new HashMap<>(call.properties());
        page.query().forEach((name, value) -> {
            if (!value.isEmpty() && name.length() <= Limits.PROPERTY_NAME && value.length() <= Limits.PROPERTY_VALUE) {
                properties.put("__query." + name, value);
            }
        });
        if (!page.hash().isEmpty()) {
            properties.put("__hash", page.hash());
        }
        if (!suspicions.isEmpty()) {
            properties.put("__bot_reasons", String.join(",", suspicions));
        }
        return properties;
    }

    private static Entry.Agent overridden(Entry.Agent agent, Map<String, String> said) {
        return said.isEmpty()
                ? agent
                : new Entry.Agent(
                        said.getOrDefault("__os", agent.os()),
                        said.getOrDefault("__osVersion", agent.osVersion()),
                        said.getOrDefault("__browser", agent.browser()),
                        said.getOrDefault("__browserVersion", agent.browserVersion()),
                        said.getOrDefault("__device", agent.device()),
                        said.getOrDefault("__brand", agent.brand()),
                        said.getOrDefault("__model", agent.model()));
    }

    /** What the server knows goes before what the caller says of the same name. */
    private Entry.ProfilePatch patch(Sender sender, Visitor visitor, Call.Identify call, long receivedAt) {
        var properties = new HashMap<>(call.properties());
        var place = visitor.place().orElseGet(() -> enrichment.geo().place(visitor.address()));
        var agent = enrichment.agents().parse(visitor.userAgent()).agent();
        put(properties, "country", place.country());
        put(properties, "region", place.region());
        put(properties, "city", place.city());
        put(
                properties,
                "longitude",
                place.longitude() == null ? "" : place.longitude().toString());
        put(
                properties,
                "latitude",
                place.latitude() == null ? "" : place.latitude().toString());
        put(properties, "os", agent.os());
        put(properties, "os_version", agent.osVersion());
        put(properties, "browser", agent.browser());
        put(properties, "browser_version", agent.browserVersion());
        put(properties, "device", agent.device());
        put(properties, "brand", agent.brand());
        put(properties, "model", agent.model());
        return new Entry.ProfilePatch(
                sender.projectId(),
                receivedAt,
                call.profileId(),
                call.firstName(),
                call.lastName(),
                call.email(),
                call.avatar(),
                properties);
    }

    private static void put(Map<String, String> properties, String name, String value) {
        if (!value.isEmpty()) {
            properties.put(name, value);
        }
    }

    private static String cut(String address) {
        return address.length() > LONGEST_PATH ? Flattening.whole(address.substring(0, LONGEST_PATH)) : address;
    }
}
