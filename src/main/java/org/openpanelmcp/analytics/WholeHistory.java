package org.openpanelmcp.analytics;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.ToolCall;

/** The range that leaves nothing out: what vocabulary tools measure when no dates are given. */
public final class WholeHistory {
    private static final LocalDate FIRST = LocalDate.of(1970, 1, 2);
    private static final LocalDate LAST = LocalDate.of(2199, 12, 31);

    private WholeHistory() {}

    public static TimeRange in(ZoneId zone) {
        return TimeRange.ofDays(FIRST, LAST, zone);
    }

    public static boolean isMeant(Dates dates) {
        return dates.startDate() == null && dates.endDate() == null;
    }

    /** The page of the call; its range is the whole history when no dates are given. */
    public static ToolCall.Page page(ToolCall call, ProjectScope scope, Dates dates, @Nullable String cursor)
            throws BadValue {
        return isMeant(dates) && cursor == null
                ? new ToolCall.Page(in(scope.zone()), List.of())
                : call.page(scope, dates, cursor);
    }
}
