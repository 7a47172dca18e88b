package org.openpanelmcp.transfer.foreign;

import java.util.Optional;
import org.openpanelmcp.ingest.enrich.Referrers;

/** Names and types of sources, from the list that live events are named by. */
final class ReferrerNames {
    /** By host, with or without {@code www.}, else by the name that another product gave the source. */
    Optional<Referrers.Known> of(String host, String name) {
        return Referrers.LIST.ofHost(host).or(() -> Referrers.LIST.ofSource(name));
    }
}
