package org.openpanelmcp.metadata.sqlite;

import java.util.List;
import java.util.Optional;
import org.openpanelmcp.metadata.CatalogEntries;
import org.openpanelmcp.metadata.CatalogEntry;

final class SqliteCatalogEntries implements CatalogEntries {
    private final Database database;

    SqliteCatalogEntries(Database database) {
        this.database = database;
    }

    @Override
    public List<CatalogEntry> list() {
        return database.read(connection -> Statements.query(
                connection,
                "select kind, id, project_id, json from catalog_entries order by kind, project_id, id",
                row -> new CatalogEntry(row.getString(1), row.getString(2), row.getString(3), row.getString(4))));
    }

    @Override
    public Optional<CatalogEntry> find(String kind, String id) {
        var found = database.read(connection -> Statements.query(
                connection,
                "select kind, id, project_id, json from catalog_entries where kind = ? and id = ?",
                row -> new CatalogEntry(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                kind,
                id));
        return found.stream().findFirst();
    }

    @Override
    public void save(List<CatalogEntry> entries) {
        database.write(connection -> {
            for (var entry : entries) {
                Statements.update(connection, """
                        insert into catalog_entries (kind, id, project_id, json) values (?, ?, ?, ?)
                        on conflict (kind, id) do update set project_id = excluded.project_id, json = excluded.json
                        """, entry.kind(), entry.id(), entry.projectId(), entry.json());
            }
            return entries.size();
        });
    }
}
