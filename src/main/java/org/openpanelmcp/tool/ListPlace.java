package org.openpanelmcp.tool;

import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.TimeRange;

/**
 * Which rows of a list an answer holds, and where the list goes on behind any of them: an answer that would be too long for
 * a model is cut there.
 *
 * @param total how many rows there are in all
 * @param shown how many of them the answer holds
 * @param more whether others follow
 * @param range what the list covers
 * @param position the place behind so many of the rows shown, at least one
 */
public record ListPlace(long total, int shown, boolean more, TimeRange range, IntFunction<List<String>> position) {
    /** The cursor of the next page; null when these are the last rows. */
    @Nullable
    String nextCursor(ToolCall call) {
        return more ? cursorAfter(shown, call) : null;
    }

    /** The cursor of the page that begins behind so many of the rows shown. */
    String cursorAfter(int rows, ToolCall call) {
        return call.cursor(range, position.apply(rows));
    }
}
