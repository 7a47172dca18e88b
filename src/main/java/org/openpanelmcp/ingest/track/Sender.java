package org.openpanelmcp.ingest.track;

import org.openpanelmcp.metadata.TrackingRules;

/**
 * A client that may send, and its project.
 *
 * @param proven whether its secret was sent and is right
 */
record Sender(String clientId, String projectId, boolean proven, TrackingRules rules, ProjectFilters filters) {
    /** @throws org.openpanelmcp.http.Problem 401 when this call needs more than the client showed */
    void check(Call call) {
        if (filters.profiles().contains(call.profileId())) {
            throw Refusal.unauthorized(
                    "profile_excluded",
                    "The project takes nothing of the profile %s. Its owner can change that in the project's filters."
                            .formatted(Refusal.shown(call.profileId())));
        }
        if (call instanceof Call.Track track && track.controls().claimsRevenue() && !proven && !rules.unsafeRevenue()) {
            throw Refusal.unauthorized(
                    "revenue_needs_secret",
                    "Revenue is taken with the client's secret only (header openpanel-client-secret): a page could say any sum. "
                            + "Send it from a server, or allow it for the project (allowUnsafeRevenueTracking).");
        }
    }
}
