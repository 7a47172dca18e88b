package org.openpanelmcp.analytics;

import java.util.List;
import java.util.Locale;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.Filter;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.tool.ToolCall;

/** The ids that somebody probably meant who named one that is not stored. The engine looks for them; few come out. */
public final class NearestIds {
    private static final int LONGEST = 100;
    private static final int LOOKED_AT = 20;
    private static final int SHOWN = 3;
    private static final int ALIKE = 3;

    private NearestIds() {}

    /**
     * Up to three ids that differ from the wanted one by few letters.
     *
     * @param rows a table of the project with a column {@code id}
     */
    public static List<String> of(ToolCall call, ProjectScope scope, Sql rows, String wanted) throws QueryFailure {
        if (wanted.length() > LONGEST) {
            return List.of();
        }
        var dialect = call.dialect();
        int tolerated = Math.max(1, wanted.length() / 4);
        var word = wanted.toLowerCase(Locale.ROOT);
        var sql = Sql.template("""
                select near_id from (
                  select id as near_id, {distance} as changes
                  from {rows}
                  where id <> '' and {length} between {shortest} and {longest} and {alike}) as near
                where changes <= {tolerated}
                order by changes, near_id
                limit {limit}""")
                .put("distance", dialect.editDistance(Sql.of("lower(id)"), Sql.value(word)))
                .put("alike", sameEnd(dialect, word))
                .put("rows", rows)
                .put("length", dialect.length(Sql.of("id")))
                .bind("shortest", wanted.length() - tolerated)
                .bind("longest", wanted.length() + tolerated)
                .bind("tolerated", tolerated)
                .bind("limit", LOOKED_AT)
                .sql();
        var near = call.query(scope, sql, row -> row.text("near_id"));
        return Nearest.several(wanted, near, SHOWN);
    }

    /** Comparing letter by letter is slow: of long ids only those are that begin or end alike. */
    private static Sql sameEnd(Dialect dialect, String word) {
        if (word.length() < 2 * ALIKE) {
            return Sql.of("true");
        }
        var start = Filter.escapedForLike(word.substring(0, ALIKE)) + "%";
        var end = "%" + Filter.escapedForLike(word.substring(word.length() - ALIKE));
        var id = Sql.of("lower(id)");
        return Sql.or(List.of(dialect.like(id, Sql.value(start)), dialect.like(id, Sql.value(end))));
    }

    /** The sentence for a hint; empty when nothing is near. */
    public static String sentence(List<String> ids) {
        return ids.isEmpty() ? "" : "Nearest: " + String.join(", ", ids) + ". ";
    }
}
