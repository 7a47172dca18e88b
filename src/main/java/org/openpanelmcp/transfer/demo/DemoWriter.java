package org.openpanelmcp.transfer.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.openpanelmcp.store.duckdb.RowAppender;

/** Writes visits, people and groups as rows, in the order of the store's columns, within one transaction. */
final class DemoWriter implements AutoCloseable {
    private static final List<String> UTM_COLUMNS =
            List.of("utm_medium", "utm_source", "utm_campaign", "utm_content", "utm_term");

    private final Scenario scenario;
    private final EventRows events;
    private final RowAppender sessions;
    private final RowAppender profiles;
    private final RowAppender groups;

    DemoWriter(Connection connection, Scenario scenario, RandomGenerator random) throws SQLException {
        this.scenario = scenario;
        this.sessions = RowAppender.to(connection, "sessions");
        this.profiles = RowAppender.to(connection, "profiles");
        this.groups = RowAppender.to(connection, "groups");
        this.events = new EventRows(connection, scenario.about(), random);
    }

    long events() {
        return events.written();
    }

    long sessions() {
        return sessions.rows();
    }

    long profiles() {
        return profiles.rows();
    }

    long groups() {
        return groups.rows();
    }

    void event(EventRows.Row row) throws SQLException {
        events.write(row);
    }

    void session(Visit visit) throws SQLException {
        var person = visit.person();
        var source = visit.source();
        var views = visit.screenViews();
        sessions.beginRow()
                .text(visit.sessionId())
                .text(scenario.about().projectId())
                .text(visit.profileId())
                .text(person.deviceId())
                .texts(visit.isIdentified() ? person.groups() : List.of())
                .time(visit.start())
                .time(visit.end())
                .flag(visit.isBounce())
                .text(scenario.about().origin())
                .text(visit.happenings().getFirst().path())
                .text(scenario.about().origin())
                .text(visit.happenings().getLast().path())
                .integer(views)
                .real((double) visit.revenue())
                .integer(visit.happenings().size() - views)
                .integer((int) (visit.end() - visit.start()));
        var place = person.place();
        sessions.text(place.country()).text(place.region()).text(place.city());
        coordinates(sessions, place);
        device(sessions, person.equipment());
        for (var parameter : UTM_COLUMNS) {
            sessions.text(source.utm().getOrDefault(parameter, ""));
        }
        sessions.text(source.referrer())
                .text(source.name())
                .text(source.type())
                .tiny(1)
                .big(visit.happenings().size())
                .nothing()
                .text("")
                .endRow();
    }

    /** Someone who signed up. */
    void user(Person person, Standing standing, long createdAt, long lastSeen) throws SQLException {
        var properties = new HashMap<>(scenario.traits(person, standing));
        properties.putAll(traits(person));
        profile(
                person.userId(),
                true,
                person.firstName(),
                person.lastName(),
                person.email(),
                properties,
                person.groups(),
                createdAt,
                lastSeen);
    }

    /** A device whose owner is not known. */
    void device(Person person, long createdAt, long lastSeen) throws SQLException {
        profile(person.deviceId(), false, "", "", "", traits(person), List.of(), createdAt, lastSeen);
    }

    void group(Group group, long createdAt) throws SQLException {
        groups.beginRow()
                .text(group.id())
                .text(scenario.about().projectId())
                .text(group.type())
                .text(group.name())
                .texts(EventRows.inOrder(group.properties()))
                .time(createdAt)
                .big(createdAt)
                .tiny(0)
                .endRow();
    }

    /** Hands over all rows and makes the events whole. */
    void finish() throws SQLException {
        sessions.flush();
        events.complete();
        close();
    }

    @Override
    public void close() throws SQLException {
        events.close();
        sessions.close();
        profiles.close();
        groups.close();
    }

    private void profile(
            String id,
            boolean external,
            String firstName,
            String lastName,
            String email,
            Map<String, String> properties,
            List<String> groupIds,
            long createdAt,
            long lastSeen)
            throws SQLException {
        profiles.beginRow()
                .text(id)
                .flag(external)
                .text(firstName)
                .text(lastName)
                .text(email)
                .text("")
                .texts(EventRows.inOrder(properties))
                .text(scenario.about().projectId())
                .texts(groupIds)
                .time(createdAt)
                .time(lastSeen)
                .endRow();
    }

    private static Map<String, String> traits(Person person) {
        var traits = new HashMap<String, String>();
        var place = person.place();
        var equipment = person.equipment();
        put(traits, "country", place.country());
        put(traits, "city", place.city());
        put(traits, "region", place.region());
        put(traits, "os", equipment.os());
        put(traits, "os_version", equipment.osVersion());
        put(traits, "browser", equipment.browser());
        put(traits, "browser_version", equipment.browserVersion());
        put(traits, "device", equipment.device());
        put(traits, "brand", equipment.brand());
        put(traits, "model", equipment.model());
        return traits;
    }

    private static void put(Map<String, String> traits, String name, String value) {
        if (!value.isEmpty()) {
            traits.put(name, value);
        }
    }

    private static void device(RowAppender rows, Equipment equipment) throws SQLException {
        rows.text(equipment.device())
                .text(equipment.brand())
                .text(equipment.model())
                .text(equipment.browser())
                .text(equipment.browserVersion())
                .text(equipment.os())
                .text(equipment.osVersion());
    }

    private static void coordinates(RowAppender rows, Place place) throws SQLException {
        if (Float.isNaN(place.longitude())) {
            rows.nothing().nothing();
        } else {
            rows.coordinate(place.longitude()).coordinate(place.latitude());
        }
    }
}
