package org.openpanelmcp.store.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import org.openpanelmcp.store.EventEraser.Doomed;

/** The temporary table {@code doomed}: who is to be removed or refused, and up to when. */
public final class DoomedTable {
    private DoomedTable() {}

    /** Makes it anew, within the connection's transaction. */
    public static void fill(Connection connection, Collection<Doomed> doomed) throws SQLException {
        Rows.run(
                connection,
                "create or replace temp table doomed"
                        + " (project_id varchar, id varchar, is_device boolean, until timestamp)");
        try (var rows = RowAppender.to(connection, "doomed")) {
            for (var each : doomed) {
                rows.beginRow()
                        .text(each.key().projectId())
                        .text(each.key().id())
                        .flag(each.isDevice())
                        .time(each.until())
                        .endRow();
            }
        }
    }
}
