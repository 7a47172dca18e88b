package org.openpanelmcp.metadata.sqlite;

import java.util.Optional;
import org.openpanelmcp.metadata.Facts;

final class SqliteFacts implements Facts {
    private final Database database;

    SqliteFacts(Database database) {
        this.database = database;
    }

    @Override
    public Optional<String> get(String name) {
        return database.read(connection ->
                Statements.first(connection, "select value from facts where name = ?", row -> row.getString(1), name));
    }

    @Override
    public void put(String name, String value) {
        database.write(connection -> Statements.update(
                connection,
                "insert into facts (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
                name,
                value));
    }
}
