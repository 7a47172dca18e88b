package org.openpanelmcp.metadata.sqlite;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import org.openpanelmcp.metadata.Salts;

final class SqliteSalts implements Salts {
    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;

    SqliteSalts(Database database) {
        this.database = database;
    }

    private record Salt(long day, String text) {}

    @Override
    public Pair of(LocalDate day) {
        long number = day.toEpochDay();
        var known = database.read(SqliteSalts::newest);
        if (known.size() == 2 && known.getFirst().day() >= number) {
            return pair(known);
        }
        return database.write(connection -> {
            // Another process may have been quicker.
            if (newest(connection).stream().noneMatch(salt -> salt.day() >= number)) {
                add(connection, number);
                // Nothing was sent on the day before, but a pair is a pair.
                add(connection, number - 1);
                Statements.update(connection, "delete from salts where day < ?", number - 1);
            }
            return pair(newest(connection));
        });
    }

    private static List<Salt> newest(Connection connection) throws SQLException {
        return Statements.query(
                connection,
                "select day, salt from salts order by day desc limit 2",
                row -> new Salt(row.getLong(1), row.getString(2)));
    }

    private static void add(Connection connection, long day) throws SQLException {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        Statements.update(
                connection,
                "insert into salts (day, salt) values (?, ?) on conflict (day) do nothing",
                day,
                HexFormat.of().formatHex(bytes));
    }

    private static Pair pair(List<Salt> newest) {
        return new Pair(newest.getFirst().text(), newest.getLast().text());
    }
}
