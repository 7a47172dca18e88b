package org.openpanelmcp.ingest.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Takes entries out of the middle of a journal that is in use; they must be stored, or never to be. What is deleted is
 * overwritten in the file, and in its log after {@link #settle}. Used by one thread.
 */
public final class Removal implements AutoCloseable {
    private static final int AT_ONCE = 2_000;

    private final Connection connection;

    private Removal(Connection connection) {
        this.connection = connection;
    }

    static Removal of(String address) throws JournalFailure {
        try {
            return new Removal(Journal.connect(address));
        } catch (SQLException exception) {
            throw JournalFailure.of(exception);
        }
    }

    /** Work of several statements. */
    private interface Work<T> {
        T run() throws SQLException;
    }

    private static <T> T attempt(Work<T> work) throws JournalFailure {
        try {
            return work.run();
        } catch (SQLException exception) {
            throw JournalFailure.of(exception);
        }
    }

    /** Up to which number of the list of deletions all of them are carried out here; 0 when none is. */
    public long erasures() throws JournalFailure {
        return attempt(() -> {
            try (var statement = connection.prepareStatement("select value from facts where name = 'erasures'");
                    var row = statement.executeQuery()) {
                return row.next() ? Long.parseLong(row.getString(1)) : 0L;
            }
        });
    }

    /** @param number up to which the list of deletions is carried out */
    public void saveErasures(long number) throws JournalFailure {
        attempt(() -> {
            try (var statement =
                    connection.prepareStatement("insert or replace into facts (name, value) values ('erasures', ?)")) {
                statement.setString(1, Long.toString(number));
                return statement.executeUpdate();
            }
        });
    }

    /** Entries after a number, in their order. */
    public List<JournalEntry> entries(long after, int most) throws JournalFailure {
        return read("select * from entries where seq > ? order by seq limit ?", after, most, true);
    }

    /** What was put aside after a number, in its order. */
    public List<JournalEntry> letters(long after, int most) throws JournalFailure {
        return read("select * from dead_letters where seq > ? order by seq limit ?", after, most, false);
    }

    private List<JournalEntry> read(String sql, long after, int most, boolean withOpens) throws JournalFailure {
        return attempt(() -> {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setLong(1, after);
                statement.setInt(2, most);
                var entries = new ArrayList<JournalEntry>();
                try (var row = statement.executeQuery()) {
                    while (row.next()) {
                        entries.add(Journal.entry(row, withOpens && opens(row)));
                    }
                }
                return entries;
            }
        });
    }

    private static boolean opens(ResultSet row) throws SQLException {
        return row.getBoolean("opens");
    }

    /** Removes entries; a few at a time, so that appending never waits for long. */
    public void removeEntries(List<Long> numbers) throws JournalFailure {
        remove("delete from entries where seq = ?", numbers);
    }

    /** Removes what was put aside. */
    public void removeLetters(List<Long> numbers) throws JournalFailure {
        remove("delete from dead_letters where seq = ?", numbers);
    }

    private void remove(String sql, List<Long> numbers) throws JournalFailure {
        attempt(() -> {
            for (int from = 0; from < numbers.size(); from += AT_ONCE) {
                removeSome(sql, numbers.subList(from, Math.min(numbers.size(), from + AT_ONCE)));
            }
            return numbers;
        });
    }

    private void removeSome(String sql, List<Long> numbers) throws SQLException {
        Journal.execute(connection, "begin immediate");
        try (var delete = connection.prepareStatement(sql)) {
            Journal.execute(
                    connection,
                    "insert or replace into facts (name, value) select 'last_seq', cast(max(seq) as text) from ("
                            + "select max(seq) as seq from entries union all"
                            + " select cast(value as integer) from facts where name = 'last_seq') having max(seq) > 0");
            for (var number : numbers) {
                delete.setLong(1, number);
                delete.executeUpdate();
            }
            Journal.execute(connection, "commit");
        } catch (SQLException exception) {
            Journal.execute(connection, "rollback");
            throw exception;
        }
    }

    /** Requests of these devices stay known, so that none counts again, but not whose they were. */
    public void forgetSenders(Collection<String> devices) throws JournalFailure {
        attempt(() -> {
            try (var update =
                    connection.prepareStatement("update retries set device = '', session = '' where device = ?")) {
                for (var device : devices) {
                    update.setString(1, device);
                    update.executeUpdate();
                }
            }
            return devices;
        });
    }

    /** Clears the log of what was deleted. @return whether nobody was in the way; else it is cleared another time */
    public boolean settle() throws JournalFailure {
        return attempt(() -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
                return row.next() && row.getInt(1) == 0;
            }
        });
    }

    @Override
    public void close() throws JournalFailure {
        attempt(() -> {
            connection.close();
            return this;
        });
    }
}
