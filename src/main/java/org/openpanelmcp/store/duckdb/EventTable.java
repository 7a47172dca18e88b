package org.openpanelmcp.store.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.openpanelmcp.store.Batch;
import org.openpanelmcp.store.EventRow;
import org.openpanelmcp.store.Surroundings;

/** Writes events, within the connection's transaction. */
final class EventTable {
    private final Connection connection;

    EventTable(Connection connection) {
        this.connection = connection;
    }

    void write(List<Batch.Removal> removed, List<EventRow> events) throws SQLException {
        remove(removed);
        if (events.isEmpty()) {
            return;
        }
        try (var rows = RowAppender.to(connection, "events")) {
            for (var event : events) {
                append(rows, event);
            }
        }
    }

    /** Few at a time: the time of each leads to the block that holds it. */
    private void remove(List<Batch.Removal> removed) throws SQLException {
        if (removed.isEmpty()) {
            return;
        }
        var sql = "delete from events where created_at = ? and name = ? and project_id = ? and session_id = ?";
        try (var statement = connection.prepareStatement(sql)) {
            for (var removal : removed) {
                statement.setObject(1, DuckDbEventWriter.time(removal.createdAt()));
                statement.setString(2, removal.name());
                statement.setString(3, removal.session().projectId());
                statement.setString(4, removal.session().id());
                statement.execute();
            }
        }
    }

    private static void append(RowAppender rows, EventRow event) throws SQLException {
        rows.beginRow()
                .id(event.id())
                .text(event.name())
                .text(event.sdkName())
                .text(event.sdkVersion())
                .text(event.deviceId())
                .text(event.profileId())
                .text(event.projectId())
                .text(event.sessionId())
                .texts(event.groups())
                .text(event.path())
                .text(event.origin())
                .text(event.source().url())
                .text(event.source().name())
                .text(event.source().type())
                .big(event.revenue())
                .big(0)
                .texts(event.properties())
                .time(event.createdAt());
        place(rows, event.surroundings().place());
        agent(rows, event.surroundings().agent());
        rows.nothing().endRow();
    }

    private static void place(RowAppender rows, Surroundings.Place place) throws SQLException {
        rows.text(place.country()).text(place.city()).text(place.region());
        SessionTable.coordinate(rows, place.longitude());
        SessionTable.coordinate(rows, place.latitude());
    }

    private static void agent(RowAppender rows, Surroundings.Agent agent) throws SQLException {
        rows.text(agent.os())
                .text(agent.osVersion())
                .text(agent.browser())
                .text(agent.browserVersion())
                .text(agent.device())
                .text(agent.brand())
                .text(agent.model());
    }
}
