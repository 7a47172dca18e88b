package org.openpanelmcp.transfer.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.openpanelmcp.store.duckdb.RowAppender;
import org.openpanelmcp.transfer.demo.Visit.Happening;
import org.openpanelmcp.transfer.demo.World.Equipment;
import org.openpanelmcp.transfer.demo.World.Place;

/** Writes visits, people and companies as rows, in the order of the store's columns. */
final class DemoWriter implements AutoCloseable {
    /** An appender's cost is its columns: a third of them, joined with the session afterwards, takes half the time. */
    private static final String OWN_COLUMNS = """
            create or replace temp table demo_events (
                place bigint, id uuid, name varchar, session_id varchar, identified boolean, path varchar, revenue ubigint,
                duration ubigint, properties map(varchar, varchar), created_at timestamp)""";

    private static final String COMPLETE = """
            insert into events by name
            select e.id, e.name, 'web' as sdk_name, '1.4.0' as sdk_version, s.device_id,
                case when e.identified then s.profile_id else s.device_id end as profile_id, s.project_id, e.session_id,
                case when e.identified then s.groups else [] end as groups,
                e.path, s.entry_origin as origin, s.referrer, s.referrer_name, s.referrer_type, e.revenue, e.duration,
                e.properties, e.created_at, s.country, s.city, s.region, s.longitude, s.latitude, s.os, s.os_version,
                s.browser, s.browser_version, s.device, s.brand, s.model
            from demo_events e join sessions s on s.project_id = ? and s.id = e.session_id
            order by e.created_at, e.place""";

    private final Connection connection;
    private final String projectId;
    private final RandomGenerator random;
    private final RowAppender events;
    private final RowAppender sessions;
    private final RowAppender profiles;
    private final RowAppender groups;

    DemoWriter(Connection connection, String projectId, RandomGenerator random) throws SQLException {
        this.projectId = projectId;
        this.random = random;
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            statement.execute(OWN_COLUMNS);
        }
        this.events = RowAppender.to(connection, "demo_events");
        this.sessions = RowAppender.to(connection, "sessions");
        this.profiles = RowAppender.to(connection, "profiles");
        this.groups = RowAppender.to(connection, "groups");
    }

    /** One event row still to be written, so that rows can be put in the order of time first. */
    record Row(
            long at,
            String name,
            Visit visit,
            boolean identified,
            String path,
            long revenue,
            long duration,
            Map<String, String> properties) {}

    /** All events of a visit, with the two that frame it. */
    static List<Row> rows(Visit visit) {
        var rows = new ArrayList<Row>();
        var first = visit.happenings().getFirst();
        var last = visit.happenings().getLast();
        rows.add(row(visit, first, "session_start", visit.start() - 100));
        for (var happening : visit.happenings()) {
            rows.add(row(visit, happening, happening.name(), happening.at()));
        }
        rows.add(new Row(
                visit.end() + 1000,
                "session_end",
                visit,
                visit.isIdentified(),
                last.path(),
                0,
                visit.end() - visit.start(),
                Map.of("__bounce", Boolean.toString(visit.isBounce()))));
        return rows;
    }

    private static Row row(Visit visit, Happening happening, String name, long at) {
        return new Row(
                at,
                name,
                visit,
                happening.identified(),
                happening.path(),
                happening.revenue(),
                0,
                happening.properties());
    }

    long events() {
        return events.rows();
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

    /** What an event has of its own; the rest follows from its session. */
    void event(Row row) throws SQLException {
        events.beginRow()
                .big(events.rows())
                .id(randomId())
                .text(row.name())
                .text(row.visit().sessionId())
                .flag(row.identified())
                .text(row.path())
                .big(row.revenue())
                .big(row.duration())
                .texts(inOrder(row.properties()))
                .time(row.at())
                .endRow();
    }

    void session(Visit visit) throws SQLException {
        var person = visit.person();
        var source = visit.source();
        var views = visit.screenViews();
        sessions.beginRow()
                .text(visit.sessionId())
                .text(projectId)
                .text(visit.profileId())
                .text(person.deviceId())
                .texts(visit.isIdentified() ? person.groups() : List.of())
                .time(visit.start())
                .time(visit.end())
                .flag(visit.isBounce())
                .text(World.ORIGIN)
                .text(visit.happenings().getFirst().path())
                .text(World.ORIGIN)
                .text(visit.happenings().getLast().path())
                .integer(views)
                .real((double) visit.revenue())
                .integer(visit.happenings().size() - views)
                .integer((int) (visit.end() - visit.start()));
        var place = person.place();
        sessions.text(place.country()).text(place.region()).text(place.city());
        coordinates(sessions, place);
        device(sessions, person.equipment());
        for (var parameter : List.of("utm_medium", "utm_source", "utm_campaign", "utm_content", "utm_term")) {
            sessions.text(source.utm().getOrDefault(parameter, ""));
        }
        sessions.text(source.referrer())
                .text(source.name())
                .text(source.type())
                .tiny(1)
                .big(visit.happenings().size())
                .endRow();
    }

    /** Someone who signed up. */
    void user(Person person, long createdAt, long lastSeen) throws SQLException {
        var properties = new LinkedHashMap<String, String>();
        properties.put("plan", person.plan());
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

    void group(String id, String type, String name, Map<String, String> properties, long createdAt)
            throws SQLException {
        groups.beginRow()
                .text(id)
                .text(projectId)
                .text(type)
                .text(name)
                .texts(inOrder(properties))
                .time(createdAt)
                .big(createdAt)
                .tiny(0)
                .endRow();
    }

    /** Hands over all rows and makes the events whole. */
    void finish() throws SQLException {
        close();
        try (var statement = connection.prepareStatement(COMPLETE)) {
            statement.setString(1, projectId);
            statement.execute();
        }
        try (var statement = connection.createStatement()) {
            statement.execute("drop table demo_events");
        }
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
                .texts(inOrder(properties))
                .text(projectId)
                .texts(groupIds)
                .time(createdAt)
                .time(lastSeen)
                .endRow();
    }

    private static Map<String, String> traits(Person person) {
        var traits = new LinkedHashMap<String, String>();
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

    /** Unmodifiable maps of the JDK iterate differently in every process. */
    private static Map<String, String> inOrder(Map<String, String> map) {
        return new TreeMap<>(map);
    }

    /** A version 4 UUID, from the demo's own chance. */
    private UUID randomId() {
        var high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        var low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
