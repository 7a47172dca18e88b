package org.openpanelmcp.analytics.profile;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.Rounding;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** One person in figures. */
public final class GetProfileMetrics implements Tool<GetProfileMetrics.Input, GetProfileMetrics.Result> {
    private static final double MINUTE = 60_000;
    private static final double SECOND = 1_000;
    private static final String DEFINITION =
            "Counts of the profile's events over the whole history; sessions counts its"
                    + " session_start events (get_profile_sessions counts the sessions stored), conversionEvents all events but"
                    + " screen_view, session_start and session_end. Session durations are those of session_end events above 0;"
                    + " bounceRate is the percentage of session_end events that say bounce. Times between sessions are from the start"
                    + " of one stored session to the start of the next. Days are those of the project's zone; revenue is in the"
                    + " smallest currency unit.";

    /** The arguments. */
    public record Input(
            ProjectArgument project,

            @Param("Exact profile id; find_profiles gives it")
            String profileId,

            @Param(value = "Also what its devices did anonymously, before it was identified", orElse = "false")
            boolean stitchDevices) {}

    /** The answer. */
    public record Result(
            String profileId,

            @Doc("As stored with the profile; null: none is stored") @Nullable
            OffsetDateTime firstSeen,

            @Doc("As stored with the profile; null: none is stored") @Nullable
            OffsetDateTime lastSeen,

            @Doc("session_start events") long sessions,
            long screenViews,
            long totalEvents,
            long conversionEvents,
            @Doc("Distinct days with an event") long uniqueDaysActive,

            @Doc("Mean, minutes; null: no session with a duration ended") @Nullable
            Double avgSessionDurationMin,

            @Doc("90th percentile, minutes") @Nullable Double p90SessionDurationMin,
            @Doc("null: no session_start") @Nullable Double avgEventsPerSession,

            @Doc("Mean, seconds; 0 with fewer than two sessions")
            double avgTimeBetweenSessionsSec,

            @Doc("Median, seconds; null with fewer than two sessions") @Nullable
            Double medianTimeBetweenSessionsSec,

            @Doc("90th percentile, seconds; null with fewer than two") @Nullable
            Double p90TimeBetweenSessionsSec,

            @Doc("Percent; null: no session_end") @Nullable Double bounceRate,
            @Doc("Smallest currency unit") long revenue,
            Meta meta) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_profile_metrics", "Get the metrics of a profile", Input.class, Result.class)
                .what(
                        "One person in figures over the whole history: sessions, page views, events, active days, how long"
                                + " sessions last, how much time lies between them, bounce rate, revenue.")
                .useWhen("it matters how active or valuable a certain person is");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var person = Person.of(input.profileId(), input.stitchDevices());
        var seen = ProfileMetricsQuery.seen(call, scope, person).orElse(null);
        if (seen == null) {
            person.mustBeKnown(call, scope);
        }
        var owned = person.owns(call, scope);
        var totals = ProfileMetricsQuery.totals(call, scope, owned);
        var gaps = ProfileMetricsQuery.gaps(call, scope, owned);
        var meta = call.meta(scope, DEFINITION + person.aboutDevices());
        return result(person, scope, seen, totals, gaps, meta.build());
    }

    private static Result result(
            Person person,
            ProjectScope scope,
            ProfileMetricsQuery.@Nullable Seen seen,
            ProfileMetricsQuery.Totals totals,
            ProfileMetricsQuery.Gaps gaps,
            Meta meta) {
        long starts = totals.sessionStarts();
        long ends = totals.sessionEnds();
        return new Result(
                person.id(),
                seen == null ? null : here(seen.first(), scope.zone()),
                seen == null ? null : here(seen.last(), scope.zone()),
                starts,
                totals.views(),
                totals.events(),
                totals.conversions(),
                totals.days(),
                scaled(totals.meanDuration(), MINUTE, 2),
                scaled(exact(totals.longDuration()), MINUTE, 2),
                starts == 0 ? null : Rounding.ratio((double) totals.events(), starts),
                gaps.mean().isEmpty() ? 0 : Rounding.round(gaps.mean().getAsDouble() / SECOND, 1),
                scaled(exact(gaps.median()), SECOND, 1),
                scaled(exact(gaps.ninetieth()), SECOND, 1),
                ends == 0 ? null : Rounding.round(100.0 * totals.bounces() / ends, 4),
                totals.revenue(),
                meta);
    }

    private static OffsetDateTime here(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toOffsetDateTime();
    }

    /** A quantile of whole milliseconds is a whole number of tenths, which the engine misses by a hair. */
    private static OptionalDouble exact(OptionalDouble quantile) {
        return quantile.isEmpty() ? quantile : OptionalDouble.of(Rounding.round(quantile.getAsDouble(), 1));
    }

    private static @Nullable Double scaled(OptionalDouble millis, double unit, int digits) {
        return millis.isEmpty() ? null : Rounding.round(millis.getAsDouble() / unit, digits);
    }
}
