package org.openpanelmcp.analytics.overview;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.Change;
import org.openpanelmcp.analytics.Rounding;
import org.openpanelmcp.tool.Doc;

/** The headline figures of a period, as OpenPanel's overview defines them. */
public record OverviewFigures(
        @Doc("Percent of sessions with at most one page view")
        double bounce_rate,

        @Doc("Distinct profile ids (device ids while anonymous) of the sessions")
        long unique_visitors,

        @Doc("Sessions that started") long total_sessions,
        @Doc("Mean over sessions longer than 0, in seconds") double avg_session_duration,
        @Doc("Page views of those sessions") long total_screen_views,
        @Doc("Page views per session") double views_per_session,

        @Doc("Sum of revenue events in the period, in the smallest currency unit")
        long total_revenue) {

    static final OverviewFigures NONE = new OverviewFigures(0, 0, 0, 0, 0, 0, 0);

    /** What the sessions of a period add up to. */
    record SessionSums(long sessions, long bounces, long visitors, OptionalDouble durationMillis, long views) {
        static final SessionSums NONE = new SessionSums(0, 0, 0, OptionalDouble.empty(), 0);
    }

    static OverviewFigures of(SessionSums sums, long revenue) {
        return new OverviewFigures(
                Rounding.percent(sums.bounces(), sums.sessions()),
                sums.visitors(),
                sums.sessions(),
                Rounding.seconds(sums.durationMillis()),
                sums.views(),
                Rounding.ratio((double) sums.views(), sums.sessions()),
                revenue);
    }

    /** Relative changes of the same figures. */
    public record Changes(
            @Nullable Double bounce_rate,
            @Nullable Double unique_visitors,
            @Nullable Double total_sessions,
            @Nullable Double avg_session_duration,
            @Nullable Double total_screen_views,
            @Nullable Double views_per_session,
            @Nullable Double total_revenue) {}

    Changes since(OverviewFigures before) {
        return new Changes(
                Change.of(bounce_rate, before.bounce_rate),
                Change.of(unique_visitors, before.unique_visitors),
                Change.of(total_sessions, before.total_sessions),
                Change.of(avg_session_duration, before.avg_session_duration),
                Change.of(total_screen_views, before.total_screen_views),
                Change.of(views_per_session, before.views_per_session),
                Change.of(total_revenue, before.total_revenue));
    }
}
