package org.openpanelmcp.analytics.retention;

import java.util.ArrayList;
import java.util.List;
import org.openpanelmcp.analytics.FilterAdvice;
import org.openpanelmcp.analytics.People;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.ToolCall;

/** When nobody counts: why that may be, and what to ask instead. Many sites identify nobody. */
final class Nobody {
    private Nobody() {}

    static List<String> found(ToolCall call, ProjectScope scope, TimeRange range, People people, Filters filters)
            throws QueryFailure {
        var advice = new ArrayList<>(FilterAdvice.ofEmptyAnswer(call, scope, range, filters));
        if (people == People.IDENTIFIED) {
            advice.add("Nobody counts. Only people whom the site identified do; people: all counts the anonymous ones,"
                    + " too, by device.");
        }
        return advice;
    }
}
