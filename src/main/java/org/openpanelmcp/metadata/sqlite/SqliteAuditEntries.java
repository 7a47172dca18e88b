package org.openpanelmcp.metadata.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.openpanelmcp.metadata.AuditEntries;
import org.openpanelmcp.metadata.AuditEntry;

final class SqliteAuditEntries implements AuditEntries {
    private final Database database;

    SqliteAuditEntries(Database database) {
        this.database = database;
    }

    @Override
    public void append(List<AuditEntry> entries) {
        database.write(connection -> {
            for (var entry : entries) {
                Statements.update(
                        connection,
                        """
                        insert into audit_entries
                            (at, client_id, organization_id, action, project_id, milliseconds, bytes, outcome)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        entry.at(),
                        entry.clientId(),
                        entry.organizationId(),
                        entry.action(),
                        entry.projectId(),
                        entry.milliseconds(),
                        entry.bytes(),
                        entry.outcome());
            }
            return entries.size();
        });
    }

    @Override
    public List<Numbered> newestFirst(String organizationId, OptionalLong before, int limit) {
        return database.read(connection -> Statements.query(
                connection, """
                select number, at, client_id, organization_id, action, project_id, milliseconds, bytes, outcome
                from audit_entries
                where organization_id = ? and number < ?
                order by number desc
                limit ?
                """, SqliteAuditEntries::entry, organizationId, before.orElse(Long.MAX_VALUE), limit));
    }

    @Override
    public int prune(Instant olderThan, long keepAtMost) {
        return database.write(connection -> {
            var old = Statements.update(connection, "delete from audit_entries where at < ?", olderThan);
            var surplus = Statements.update(connection, """
                    delete from audit_entries
                    where number <= (select number from audit_entries order by number desc limit 1 offset ?)
                    """, keepAtMost);
            return old + surplus;
        });
    }

    private static Numbered entry(ResultSet row) throws SQLException {
        var entry = new AuditEntry(
                Statements.instant(row, "at"),
                row.getString("client_id"),
                row.getString("organization_id"),
                row.getString("action"),
                row.getString("project_id"),
                row.getLong("milliseconds"),
                row.getLong("bytes"),
                row.getString("outcome"));
        return new Numbered(row.getLong("number"), entry);
    }
}
