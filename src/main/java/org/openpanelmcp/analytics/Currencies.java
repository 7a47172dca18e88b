package org.openpanelmcp.analytics;

import java.util.List;
import java.util.stream.Collectors;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.ToolCall;

/** Sums of revenue over several currencies mean little: when events name more than one, the answer says so. */
public final class Currencies {
    private static final int SHOWN = 12;
    private static final int MOST = 50;

    private Currencies() {}

    private record Amount(String currency, long revenue) {
        String shown() {
            return (currency.isEmpty() ? "(not set)" : currency) + " " + revenue;
        }
    }

    /** The warning with the split, or nothing when at most one currency occurs in the range. */
    public static List<String> warnings(ToolCall call, ProjectScope scope, TimeRange range) throws QueryFailure {
        // Nearly all projects know one currency; whether this one does is asked once a minute, not for every answer.
        boolean several = call.remembered(
                scope,
                "several currencies",
                () -> amounts(call, scope, Sql.of("true")).size() > 1);
        if (!several) {
            return List.of();
        }
        var amounts = amounts(call, scope, range.holds(Sql.of("created_at")));
        if (amounts.size() < 2) {
            return List.of();
        }
        var split = amounts.stream().limit(SHOWN).map(Amount::shown).collect(Collectors.joining(", "));
        return List.of("Revenue adds up amounts of several currencies. All revenue events of the range: " + split
                + (amounts.size() > SHOWN ? ", …" : "") + ".");
    }

    private static List<Amount> amounts(ToolCall call, ProjectScope scope, Sql condition) throws QueryFailure {
        var dialect = call.dialect();
        var sql = Sql.template("""
                select {currency} as currency_code, {sum} as revenue_total
                from {events}
                where name = 'revenue' and revenue > 0 and {condition}
                group by currency_code
                order by revenue_total desc, currency_code
                limit {limit}""")
                .put("currency", dialect.property(Sql.of("properties"), Sql.value("currency")))
                .put("sum", dialect.sum(Sql.of("revenue")))
                .put("events", dialect.events(scope))
                .put("condition", condition)
                .bind("limit", MOST)
                .sql();
        return call.query(scope, sql, row -> new Amount(row.text("currency_code"), row.whole("revenue_total")));
    }
}
