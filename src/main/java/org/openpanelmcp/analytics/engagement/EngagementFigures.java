package org.openpanelmcp.analytics.engagement;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.Change;
import org.openpanelmcp.analytics.Rounding;
import org.openpanelmcp.tool.Doc;

/** How much the people of a period did, and how many of them are new. */
public record EngagementFigures(
        @Doc("Distinct people (device ids while anonymous) with a session that started in the period")
        long active_users,

        @Doc("Those of them whose first session ever started in it")
        long new_users,

        @Doc("Those of them who had a session before") long returning_users,
        @Doc("Sessions that started in the period") long sessions,
        @Doc("sessions / active_users") double sessions_per_user,

        @Doc("Sessions with more than one page view, any other event, or longer than 10 seconds")
        long engaged_sessions,

        @Doc("Percent of the sessions that are engaged") double engagement_rate,

        @Doc("Mean duration of engaged sessions, in seconds")
        double avg_engagement_time,

        @Doc("Median duration of engaged sessions, in seconds")
        double median_engagement_time,

        @Doc("Page views per session") double pages_per_session,
        @Doc("Page views and other events per session") double events_per_session) {

    static final EngagementFigures NONE = of(SessionSums.NONE, 0);

    /** What the sessions of a period add up to; {@code events} are those that are no page views. */
    record SessionSums(
            long sessions,
            long people,
            long engaged,
            long views,
            long events,
            OptionalDouble meanMillis,
            OptionalDouble medianMillis) {
        static final SessionSums NONE = new SessionSums(0, 0, 0, 0, 0, OptionalDouble.empty(), OptionalDouble.empty());
    }

    static EngagementFigures of(SessionSums sums, long newPeople) {
        return new EngagementFigures(
                sums.people(),
                newPeople,
                sums.people() - newPeople,
                sums.sessions(),
                Rounding.ratio((double) sums.sessions(), sums.people()),
                sums.engaged(),
                Rounding.percent(sums.engaged(), sums.sessions()),
                Rounding.seconds(sums.meanMillis()),
                Rounding.seconds(sums.medianMillis()),
                Rounding.ratio((double) sums.views(), sums.sessions()),
                Rounding.ratio((double) sums.views() + sums.events(), sums.sessions()));
    }

    /** Relative changes of the same figures. */
    public record Changes(
            @Nullable Double active_users,
            @Nullable Double new_users,
            @Nullable Double returning_users,
            @Nullable Double sessions,
            @Nullable Double sessions_per_user,
            @Nullable Double engaged_sessions,
            @Nullable Double engagement_rate,
            @Nullable Double avg_engagement_time,
            @Nullable Double median_engagement_time,
            @Nullable Double pages_per_session,
            @Nullable Double events_per_session) {}

    Changes since(EngagementFigures before) {
        return new Changes(
                Change.of(active_users, before.active_users),
                Change.of(new_users, before.new_users),
                Change.of(returning_users, before.returning_users),
                Change.of(sessions, before.sessions),
                Change.of(sessions_per_user, before.sessions_per_user),
                Change.of(engaged_sessions, before.engaged_sessions),
                Change.of(engagement_rate, before.engagement_rate),
                Change.of(avg_engagement_time, before.avg_engagement_time),
                Change.of(median_engagement_time, before.median_engagement_time),
                Change.of(pages_per_session, before.pages_per_session),
                Change.of(events_per_session, before.events_per_session));
    }
}
