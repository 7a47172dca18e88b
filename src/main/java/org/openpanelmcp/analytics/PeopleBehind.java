package org.openpanelmcp.analytics;

import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;

/**
 * A tool that can tell who is behind a number of its answer, with the SQL that made the number. Its answers carry a handle
 * ({@code meta.people()}).
 */
public interface PeopleBehind<I extends Record, R extends Record> extends Tool<I, R> {
    /**
     * The people behind the number.
     *
     * @param input the arguments of the answer
     * @param choice which number of it
     * @param call with the clock of the answer
     * @throws BadValue when the answer has no such number
     */
    Behind behind(I input, PeopleChoice choice, ToolCall call) throws BadValue, QueryFailure;

    /**
     * Who is behind a number.
     *
     * @param people a query with one column, {@code person_id}; an id may come several times, and the empty one is nobody's
     * @param described the beginning of a sentence: who they are
     * @param range what the number measures, if that is a range
     * @param row complains when the chosen row is none of the answer; asked when nobody was found
     */
    record Behind(
            ProjectScope scope,
            Sql people,
            String described,
            @Nullable TimeRange range,
            RowCheck row) {
        /** When every choice that was read is a number of the answer. */
        public static final RowCheck NONE = () -> {};

        /** The people on record for sessions. */
        public static Sql ofSessions(Sql sessionIds, ProjectScope scope, ToolCall call) {
            return Sql.template("select profile_id as person_id from {sessions} where id in ({ids})")
                    .put("sessions", call.dialect().sessions(scope))
                    .put("ids", sessionIds)
                    .sql();
        }
    }

    /** Whether a row is there. */
    @FunctionalInterface
    interface RowCheck {
        void mustExist() throws BadValue, QueryFailure;
    }
}
