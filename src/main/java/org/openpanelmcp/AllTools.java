package org.openpanelmcp;

import java.util.List;
import org.openpanelmcp.analytics.event.ListEventNames;
import org.openpanelmcp.analytics.event.QueryEvents;
import org.openpanelmcp.analytics.overview.GetAnalyticsOverview;
import org.openpanelmcp.analytics.page.GetTopPages;
import org.openpanelmcp.analytics.project.ListProjects;
import org.openpanelmcp.analytics.traffic.GetCountryBreakdown;
import org.openpanelmcp.tool.Tool;

/** Every tool, in the order in which it is published: what is needed first comes first. */
final class AllTools {
    private AllTools() {}

    static List<Tool<?, ?>> list() {
        return List.of(
                new ListProjects(),
                new ListEventNames(),
                new QueryEvents(),
                new GetAnalyticsOverview(),
                new GetTopPages(),
                new GetCountryBreakdown());
    }
}
