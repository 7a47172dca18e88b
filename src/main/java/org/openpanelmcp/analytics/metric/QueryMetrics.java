package org.openpanelmcp.analytics.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.PeopleBehind;
import org.openpanelmcp.analytics.PeopleChoice;
import org.openpanelmcp.analytics.SortOrder;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Comparison;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** Any measures by any dimensions. */
public final class QueryMetrics implements PeopleBehind<QueryMetrics.Input, QueryMetrics.Result> {
    /** The arguments. */
    public record Input(
            ProjectArgument project,
            Dates dates,

            @Param(
                    value = "Of sessions: sessions, visitors, pageviews, bounce_rate, avg_session_duration,"
                            + " pages_per_session, revenue_per_session, revenue_per_visitor, conversion_rate(<event>),"
                            + " visitor_conversion_rate(<event>). Of events: events, events(<event>), people,"
                            + " people(<event>), revenue, and sum, avg, min, max, median, p90, each as"
                            + " sum(properties.<key>)",
                    min = 1,
                    max = MetricsQuestion.MOST_METRICS)
            List<String> measures,

            @Param(
                    value = "Any dimension of filters, or hour, day, week, month, hour_of_day, weekday",
                    max = MetricsQuestion.MOST_GROUPINGS)
            List<String> groupBy,

            @Param("The event that measures and dimensions of events are about when they name none") @Nullable
            String event,

            @Param("Only sessions, and only events, that match")
            Filters filters,

            @Param("Filters that split the answer into segment matching and segment others")
            Filters segment,

            @Param(
                    value = "Only sessions in which these events all happened; ! before a name: did not happen",
                    max = MetricsQuestion.Happened.MOST)
            List<String> sessionsWith,

            @Param(
                    value = "Only events whose session held these later on; ! as above",
                    max = MetricsQuestion.Happened.MOST)
            List<String> laterInSession,

            @Param(value = "Only people who ever did these; ! as above", max = MetricsQuestion.Happened.MOST)
            List<String> peopleWhoEver,

            @Param("Adds previous and change to the figures") @Nullable
            Comparison compare,

            @Param("One of the measures. Default: the order of time when grouped by time, else the first measure")
            @Nullable
            String orderBy,

            @Param(value = "Of orderBy", orElse = "desc") SortOrder order,

            @Param(
                    value = "Most groups; what is left is in other. Default 100; all when time is the only grouping",
                    min = 1,
                    max = 1000)
            @Nullable
            Integer limit) {}

    /** The answer. */
    public record Result(
            @Doc("One per group; one in all without groupBy")
            List<Line> rows,

            @Doc("Everything outside of rows, each session and event once")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Sums other,

            @Doc("Everything, each session and event once") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Sums totals,

            Meta meta) {}

    /** One group. */
    public record Line(
            @Doc("Value of each grouping; null: not set. Weekdays by name, buckets by their first day or moment")
            Map<String, Object> group,

            @Doc("By measure") Map<String, Number> values,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, Number> previous,

            @Doc("(now - previous) / previous") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, Number> change,

            @Doc("The bucket lies partly outside the range or in the future")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Boolean partial,

            @Doc("By weekday and hour_of_day: on how many days of the range it came, up to now")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Integer days,

            @Doc("Mean of one of these days, of measures that add up")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Map<String, Number> per_day) {}

    /** Figures of several groups. */
    public record Sums(
            Map<String, Number> values,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, Number> previous,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, Number> change) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("query_metrics", "Query metrics", Input.class, Result.class)
                .what("Any measures by up to three dimensions, in one call, with what is left as other and the totals."
                        + " list_metrics defines every measure and dimension.")
                .useWhen("no ready-made tool has the question: which day, which hour, rates by anything, a property's"
                        + " sum or mean, one segment against all others")
                .example(
                        "bounce rate of phones in Germany against all others",
                        "{\"measures\":[\"bounce_rate\",\"sessions\"],\"segment\":{\"device\":\"mobile\",\"country\":\"DE\"}}")
                .example(
                        "blog posts by visitors who signed up later in the visit",
                        "{\"measures\":[\"people(screen_view)\"],\"groupBy\":[\"path\"],\"filters\":{\"path\":\"/blog/*\"},"
                                + "\"laterInSession\":[\"sign_up\"]}")
                .example(
                        "purchases and revenue by company",
                        "{\"measures\":[\"revenue\",\"events(purchase)\"],\"groupBy\":[\"group.name\"],"
                                + "\"filters\":{\"group.type\":\"company\"}}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var question = MetricsReader.question(input);
        var orderBy = MetricsReader.orderBy(input.orderBy(), question);
        var range = call.range(scope, input.dates());
        var order = new MetricsAnswer.Order(orderBy, input.order() == SortOrder.ASC, input.limit());
        return new MetricsAnswer(call, scope, question, range, order).of(input.compare());
    }

    @Override
    public Behind behind(Input input, PeopleChoice choice, ToolCall call) throws BadValue {
        var scope = call.project(input.project());
        var range = call.range(scope, input.dates());
        return new MetricsPeople(call, scope, MetricsReader.question(input), range).behind(choice);
    }
}
