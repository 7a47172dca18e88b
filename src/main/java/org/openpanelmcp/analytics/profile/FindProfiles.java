package org.openpanelmcp.analytics.profile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.EventNames;
import org.openpanelmcp.analytics.SortOrder;
import org.openpanelmcp.analytics.WholeHistory;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.ChosenColumns;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** People by who they are and by what they did. */
public final class FindProfiles implements Tool<FindProfiles.Input, FindProfiles.Result> {
    private static final String DEFINITION =
            "Profiles that fulfil all conditions, each in its latest state; people who were"
                    + " never identified are profiles of their device (is_external false). sessions counts all sessions stored"
                    + " under the profile's id, inactiveDays and performedEvent events under it; what happened before it was"
                    + " identified is not among them. The profile's properties are those of its last visit and of identify calls."
                    + " null is not set.";

    /** Who is looked for. */
    public enum People {
        ALL,
        IDENTIFIED,
        ANONYMOUS
    }

    /** The arguments. */
    public record Input(
            ProjectArgument project,

            @Param("Up to 5 words; each must occur in the id, e-mail address, first or last name, in any case")
            @Nullable
            String name,

            @Param("Part of the e-mail address, in any case") @Nullable
            String email,

            @Param("Two-letter code, such as SE") @Nullable String country,
            @Param("Exact city") @Nullable String city,
            @Param("desktop, mobile, tablet, …") @Nullable String device,
            @Param("Exact browser") @Nullable String browser,

            @Param("Profile properties with their exact values, such as plan")
            Map<String, String> properties,

            @Param("Id of a group that they belong to") @Nullable
            String group,

            @Param(value = "Identified by the site, or known by their device only", orElse = "all")
            People people,

            @Param(value = "No event in so many times 24 hours until now", min = 1, max = 36_500) @Nullable
            Integer inactiveDays,

            @Param(value = "At least so many sessions ever", min = 1, max = 1_000_000) @Nullable
            Integer minSessions,

            @Param("Did this event, ever or between startDate and endDate") @Nullable
            String performedEvent,

            @Param(value = "Did performedEvent at least so often; once when left out", min = 1, max = 1_000_000)
            @Nullable
            Integer minPerformed,

            Dates dates,

            @Param(value = "What to sort by", orElse = "created_at")
            Profiles.SortKey sortBy,

            @Param(value = "Latest, greatest first or last", orElse = "desc")
            SortOrder sortOrder,

            @Param(value = "Most profiles", min = 1, max = 100, orElse = "20")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(
            @Doc("One object per profile") @ChosenColumns(ProfileColumn.class)
            List<Map<String, Object>> rows,

            Meta meta) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("find_profiles", "Find profiles", Input.class, Result.class)
                .what("People of a project by name, e-mail, place, device, properties, group, and by what they did or"
                        + " stopped doing; with their number in all.")
                .useWhen("certain people are meant: who they are, how many of them there are, whom to write to")
                .hint("startDate and endDate say when performedEvent happened; without them it may have been ever.")
                .hint("get_profile, get_profile_sessions and get_profile_metrics tell more about one of them.")
                .example(
                        "paying customers who bought twice this year and were not seen for a month",
                        "{\"properties\":{\"plan\":\"pro\"},\"performedEvent\":\"purchase\",\"minPerformed\":2,"
                                + "\"startDate\":\"this_year\",\"inactiveDays\":30}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var page = WholeHistory.page(call, scope, input.dates(), input.cursor());
        var conditions = ProfileQuestion.conditions(call, scope, input, page.range());
        var found = Profiles.page(call, scope, page, conditions, input.sortBy(), input.sortOrder(), input.limit());
        var meta = call.meta(scope, DEFINITION).list(found.place());
        if (!WholeHistory.isMeant(input.dates())) {
            meta.range(page.range());
        }
        if (found.rows().isEmpty()) {
            meta.warn(advice(call, scope, page, input));
        }
        return new Result(found.rows(), meta.build());
    }

    private static List<String> advice(ToolCall call, ProjectScope scope, ToolCall.Page page, Input input)
            throws BadValue, QueryFailure {
        var event = input.performedEvent();
        var advice = new ProfileAdvice(call, scope);
        if (event != null && !event.isEmpty()) {
            advice.add(EventNames.warnings(call, scope, page.range(), List.of(event)));
        }
        for (var property : ProfileQuestion.properties(input).entrySet()) {
            advice.property(property.getKey(), property.getValue());
        }
        advice.group(input.group());
        return advice.warnings();
    }
}
