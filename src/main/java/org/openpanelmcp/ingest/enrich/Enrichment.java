package org.openpanelmcp.ingest.enrich;

import java.util.List;
import java.util.Map;
import org.openpanelmcp.ingest.Entry;

/** All that is added to events. Safe for several threads. */
public record Enrichment(DailySalts salts, UserAgents agents, Geo geo, Bots bots) {
    /** The ids that a device may have, the likeliest first. */
    public List<String> devices(String agent, String address, String projectId) {
        return DeviceIds.candidates(agent, address, projectId, salts.current());
    }

    /**
     * Where a visit came from.
     *
     * @param address the page that was left
     * @param own an address of the site that was reached
     * @param query the parameters of the page that was reached
     */
    public Entry.Referrer referrer(String address, String own, Map<String, String> query) {
        return Referrers.LIST.resolve(address, Hosts.of(own), query);
    }
}
