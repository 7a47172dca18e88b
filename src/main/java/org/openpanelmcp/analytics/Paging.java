package org.openpanelmcp.analytics;

import java.util.List;
import org.openpanelmcp.tool.ListPlace;
import org.openpanelmcp.tool.ToolCall;

/** Lists of aggregates, which stand in a total order and are paged by number. */
public final class Paging {
    private Paging() {}

    /** Says in {@code meta} how many rows there are, and gives the cursor of the next page when this is not the last. */
    public static void describe(ToolCall.MetaBuilder meta, ToolCall.Page page, int shown, long total) {
        boolean more = (long) page.offset() + shown < total;
        meta.list(new ListPlace(
                total, shown, more, page.range(), rows -> List.of(Long.toString((long) page.offset() + rows))));
    }
}
