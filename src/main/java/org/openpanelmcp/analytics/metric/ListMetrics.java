package org.openpanelmcp.analytics.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openpanelmcp.query.Dimension;
import org.openpanelmcp.query.Grouping;
import org.openpanelmcp.query.Measure;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** The vocabulary of query_metrics. */
public final class ListMetrics implements Tool<ListMetrics.Input, ListMetrics.Result> {
    private static final List<String> OPEN = List.of(
            Dimension.PROPERTY_PREFIX + "<key>",
            Dimension.PROFILE_PREFIX + Dimension.PROPERTY_PREFIX + "<key>",
            Dimension.GROUP_PREFIX + Dimension.PROPERTY_PREFIX + "<key>");

    /** No arguments. */
    public record Input() {}

    /** The answer. */
    public record Result(
            List<Defined> measures,
            @Doc("For groupBy, filters and segment") List<String> dimensions,
            @Doc("For groupBy only") List<String> times,
            Meta meta) {}

    /** One measure. */
    public record Defined(
            @Doc("How it is written") String measure,
            @Doc("Which rows it counts") Measure.Of of,
            Measure.Unit unit,
            String definition,

            @Doc("Whether the figures of parts of the time add up")
            boolean additive) {
        static Defined of(Measure measure) {
            return new Defined(measure.form(), measure.of(), measure.unit(), measure.definition(), measure.additive());
        }
    }

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("list_metrics", "List metrics", Input.class, Result.class)
                .what("Every measure of query_metrics with its definition and unit, and every dimension.")
                .useWhen("a query_metrics question needs the exact name or meaning of a measure");
    }

    @Override
    public Result run(Input input, ToolCall call) {
        var dimensions = new ArrayList<>(Dimension.labels());
        dimensions.addAll(OPEN);
        return new Result(
                Arrays.stream(Measure.values()).map(Defined::of).toList(),
                List.copyOf(dimensions),
                Grouping.times().stream().map(Grouping::label).toList(),
                Meta.ofAnswer(
                        "Figures of sessions count those that started in the range, figures of events those in the"
                                + " range themselves. Measures on dimensions of events (name, path, origin, sdk_name,"
                                + " sdk_version, properties.<key>) count a session once for each value that it holds."));
    }
}
