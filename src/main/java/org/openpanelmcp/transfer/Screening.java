package org.openpanelmcp.transfer;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import org.openpanelmcp.metadata.Erased;
import org.openpanelmcp.metadata.Marks;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.store.EventEraser.Doomed;
import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.duckdb.DoomedTable;
import org.openpanelmcp.store.duckdb.RowAppender;
import org.openpanelmcp.store.duckdb.SessionRecount;

/**
 * Refuses rows of {@code incoming} that are not to be kept: of people who were deleted, as far as they happened before,
 * and older than their project keeps. Within the import's transaction, so that no deletion comes in between.
 */
final class Screening {
    static final String DELETED = "it is of a person who was deleted";
    static final String OLD = "it is older than the project keeps ('project retention')";

    private static final String REFUSE_PROFILES = """
            update incoming set reason = ? from doomed d
            where reason is null and incoming.project_id = d.project_id and incoming.profile_id = d.id
                and not d.is_device and created_at <= d.until""";

    private static final String REFUSE_DEVICES = """
            update incoming set reason = ? from doomed d
            where reason is null and incoming.project_id = d.project_id and incoming.device_id = d.id
                and d.is_device and incoming.profile_id in ('', incoming.device_id) and created_at <= d.until""";

    private static final String REFUSE_PEOPLE = """
            update incoming set reason = ? from doomed d
            where reason is null and incoming.project_id = d.project_id and incoming.id = d.id
                and created_at <= d.until""";

    /** What happened in a session before its only known person was identified is that person's. */
    private static final String REFUSE_UNNAMED = """
            update incoming set reason = ?
            where reason is null and profile_id in ('', device_id) and (project_id, session_id) in (
                select (project_id, session_id) from incoming where reason = ? and session_id <> ''
                except select (project_id, session_id) from incoming
                where reason is null and profile_id not in ('', device_id))""";

    private static final String REFUSE_OLD = """
            update incoming set reason = ? from kept_since k
            where reason is null and incoming.project_id = k.project_id and {time} < k.since""";

    /** Where nobody was identified a profile is called like its device. */
    private static final String PEOPLE = """
            select distinct project_id, id, unnest([false, true]) as is_device from incoming
            where reason is null and list_contains(?::varchar[], project_id)""";

    private static final String NAMES = """
            select distinct project_id, profile_id as id, false as is_device from incoming
            where reason is null and list_contains(?::varchar[], project_id)
            union select distinct project_id, device_id, true from incoming
            where reason is null and profile_id in ('', device_id)""";

    private final Connection connection;
    private final Marks marks;

    Screening(Connection connection, Metadata metadata, Instant now) throws SQLException {
        this.connection = connection;
        this.marks = metadata.erasures().marks();
        noteKeptSince(metadata.retention().keptSince(now));
        run("create or replace temp table partial_sessions (project_id varchar, session_id varchar)");
    }

    /** Looks through the rows that were just read. */
    void refuse(TransferTable table) throws SQLException {
        switch (table) {
            case EVENTS -> {
                run(REFUSE_OLD.replace("{time}", "created_at"), OLD);
                if (noteDoomed(NAMES)) {
                    run(REFUSE_PROFILES, DELETED);
                    run(REFUSE_DEVICES, DELETED);
                    run(REFUSE_UNNAMED, DELETED, DELETED);
                    run(
                            "insert into partial_sessions select distinct project_id, session_id from incoming"
                                    + " where reason = ? and session_id <> ''",
                            DELETED);
                }
            }
            case SESSIONS -> {
                run(REFUSE_OLD.replace("{time}", "ended_at"), OLD);
                if (noteDoomed(NAMES)) {
                    run(REFUSE_PROFILES, DELETED);
                    run(REFUSE_DEVICES, DELETED);
                }
            }
            case PROFILES -> {
                if (noteDoomed(PEOPLE)) {
                    run(REFUSE_PEOPLE, DELETED);
                }
            }
            case GROUPS, GSC_DAILY, GSC_PAGES_DAILY, GSC_QUERIES_DAILY -> {}
        }
    }

    /** After all tables: sessions of several people are counted without those who were deleted. */
    void finish() throws SQLException {
        SessionRecount.ofPartial(connection);
        run("drop table partial_sessions");
        run("drop table kept_since");
    }

    private void noteKeptSince(Map<String, Instant> keptSince) throws SQLException {
        run("create or replace temp table kept_since (project_id varchar, since timestamp)");
        try (var rows = RowAppender.to(connection, "kept_since")) {
            for (var each : keptSince.entrySet()) {
                rows.beginRow()
                        .text(each.getKey())
                        .time(each.getValue().toEpochMilli())
                        .endRow();
            }
        }
    }

    /** Finds the deleted among those who are named. @return whether there are any */
    private boolean noteDoomed(String names) throws SQLException {
        if (marks.number() == 0) {
            return false;
        }
        var doomed = new ArrayList<Doomed>();
        try (var statement = connection.prepareStatement(names)) {
            statement.setObject(
                    1, connection.createArrayOf("VARCHAR", marks.projects().toArray()));
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    var key = new RowKey(found.getString(1), found.getString(2));
                    boolean isDevice = found.getBoolean(3);
                    var kind = isDevice ? Erased.Kind.DEVICE : Erased.Kind.PROFILE;
                    long until = marks.erasedUntil(new Erased(kind, key.projectId(), key.id()));
                    if (until != Long.MIN_VALUE) {
                        doomed.add(new Doomed(key, isDevice, until));
                    }
                }
            }
        }
        DoomedTable.fill(connection, doomed);
        return !doomed.isEmpty();
    }

    private void run(String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
