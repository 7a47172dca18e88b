package org.openpanelmcp;

import java.util.List;
import org.openpanelmcp.analytics.conversion.GetPageConversions;
import org.openpanelmcp.analytics.engagement.GetEngagementMetrics;
import org.openpanelmcp.analytics.engagement.GetRollingActiveUsers;
import org.openpanelmcp.analytics.event.GetEventPropertyValues;
import org.openpanelmcp.analytics.event.ListEventNames;
import org.openpanelmcp.analytics.event.ListEventProperties;
import org.openpanelmcp.analytics.event.QueryEvents;
import org.openpanelmcp.analytics.flow.GetUserFlow;
import org.openpanelmcp.analytics.funnel.GetFunnel;
import org.openpanelmcp.analytics.group.FindGroups;
import org.openpanelmcp.analytics.group.GetGroup;
import org.openpanelmcp.analytics.group.ListGroupTypes;
import org.openpanelmcp.analytics.metric.ListMetrics;
import org.openpanelmcp.analytics.metric.QueryMetrics;
import org.openpanelmcp.analytics.overview.GetAnalyticsOverview;
import org.openpanelmcp.analytics.page.GetEntryExitPages;
import org.openpanelmcp.analytics.page.GetPagePerformance;
import org.openpanelmcp.analytics.page.GetTopPages;
import org.openpanelmcp.analytics.people.ListPeople;
import org.openpanelmcp.analytics.profile.FindProfiles;
import org.openpanelmcp.analytics.profile.GetProfile;
import org.openpanelmcp.analytics.profile.GetProfileMetrics;
import org.openpanelmcp.analytics.profile.GetProfileSessions;
import org.openpanelmcp.analytics.project.GetDashboardUrls;
import org.openpanelmcp.analytics.project.ListProjects;
import org.openpanelmcp.analytics.retention.GetRetentionCohort;
import org.openpanelmcp.analytics.retention.GetUserLastSeenDistribution;
import org.openpanelmcp.analytics.retention.GetWeeklyRetentionSeries;
import org.openpanelmcp.analytics.session.QuerySessions;
import org.openpanelmcp.analytics.traffic.GetCountryBreakdown;
import org.openpanelmcp.analytics.traffic.GetDeviceBreakdown;
import org.openpanelmcp.analytics.traffic.GetTopReferrers;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.Toolsets;

/** Every tool, by subject, in the order in which it is published: what is needed first comes first. */
public final class AllTools {
    /** What suffices for most questions, for clients with little room. */
    private static final List<String> CORE = List.of(
            "list_projects",
            "list_event_names",
            "list_event_properties",
            "get_event_property_values",
            "query_events",
            "get_analytics_overview",
            "query_metrics",
            "get_top_pages",
            "get_entry_exit_pages",
            "get_top_referrers",
            "get_country_breakdown",
            "get_device_breakdown",
            "get_funnel",
            "get_retention_cohort");

    private static final String PEOPLE = "people";

    private AllTools() {}

    /** The tools and the sets that they form. */
    public static Toolsets sets() {
        return new Toolsets(withPeople(groups()), CORE);
    }

    /** Who is behind the numbers of a tool is told by one that knows all of them. */
    private static List<Toolsets.Group> withPeople(List<Toolsets.Group> groups) {
        var tools = groups.stream().flatMap(group -> group.tools().stream()).toList();
        return groups.stream()
                .map(group -> group.name().equals(PEOPLE) ? group.with(new ListPeople(tools)) : group)
                .toList();
    }

    private static List<Toolsets.Group> groups() {
        return List.of(
                group("projects", new ListProjects(), new GetDashboardUrls()),
                group(
                        "events",
                        new ListEventNames(),
                        new ListEventProperties(),
                        new GetEventPropertyValues(),
                        new QueryEvents()),
                group("sessions", new QuerySessions()),
                group(PEOPLE, new FindProfiles(), new GetProfile(), new GetProfileSessions(), new GetProfileMetrics()),
                group("groups", new ListGroupTypes(), new FindGroups(), new GetGroup()),
                group("overview", new GetAnalyticsOverview(), new GetRollingActiveUsers(), new GetEngagementMetrics()),
                group(
                        "retention",
                        new GetWeeklyRetentionSeries(),
                        new GetRetentionCohort(),
                        new GetUserLastSeenDistribution()),
                group("pages", new GetTopPages(), new GetPagePerformance(), new GetEntryExitPages()),
                group("traffic", new GetTopReferrers(), new GetCountryBreakdown(), new GetDeviceBreakdown()),
                group("metrics", new QueryMetrics(), new ListMetrics()),
                group("behaviour", new GetFunnel(), new GetUserFlow(), new GetPageConversions()));
    }

    private static Toolsets.Group group(String name, Tool<?, ?>... tools) {
        return new Toolsets.Group(name, List.of(tools));
    }
}
