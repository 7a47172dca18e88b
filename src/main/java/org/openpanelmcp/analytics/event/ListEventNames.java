package org.openpanelmcp.analytics.event;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.EventNames;
import org.openpanelmcp.analytics.Paging;
import org.openpanelmcp.analytics.WholeHistory;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** The names of the events that a project has, with how often and when. */
public final class ListEventNames implements Tool<ListEventNames.Input, ListEventNames.Result> {
    /** The arguments. */
    public record Input(
            ProjectArgument project,
            Dates dates,

            @Param(value = "Most names", min = 1, max = 500, orElse = "50")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(
            @Doc("The names alone, same order as rows") List<String> event_names, List<Named> rows, Meta meta) {}

    /** One name. */
    public record Named(
            String name, @Doc("Number of events") long count, OffsetDateTime first_seen, OffsetDateTime last_seen) {
        static Named of(EventNames.Counted counted, ZoneId zone) {
            return new Named(
                    counted.name(),
                    counted.count(),
                    counted.first().atZone(zone).toOffsetDateTime(),
                    counted.last().atZone(zone).toOffsetDateTime());
        }
    }

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("list_event_names", "List event names", Input.class, Result.class)
                .what(
                        "The names of all events of a project with their number and first and last time, the most frequent"
                                + " first. Without dates: the whole history.")
                .useWhen("the exact name of an event is needed before asking about it");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var page = WholeHistory.page(call, scope, input.dates(), input.cursor());
        var counted = EventNames.in(call, scope, page.range(), input.limit(), page.offset());
        var meta =
                call.meta(scope, "count is the number of events of that name, session_start and session_end included.");
        if (!WholeHistory.isMeant(input.dates())) {
            meta.range(page.range());
        }
        long total = counted.isEmpty() ? 0 : counted.getFirst().namesInAll();
        Paging.describe(meta, page, counted.size(), total);
        return result(counted, scope, meta.build());
    }

    private static Result result(List<EventNames.Counted> counted, ProjectScope scope, Meta meta) {
        return new Result(
                counted.stream().map(EventNames.Counted::name).toList(),
                counted.stream().map(one -> Named.of(one, scope.zone())).toList(),
                meta);
    }
}
