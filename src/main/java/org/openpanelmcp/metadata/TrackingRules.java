package org.openpanelmcp.metadata;

import java.util.List;

/**
 * From where and what a project takes.
 *
 * @param origins web origins whose pages may send without a secret, as OpenPanel's {@code cors}: {@code https://example.org},
 *     {@code *.example.org}, or {@code *} for every one
 * @param unsafeRevenue whether revenue is taken without a secret
 * @param filtersJson OpenPanel's {@code filters}: a JSON array of addresses, profiles and event rules to keep out
 */
public record TrackingRules(List<String> origins, boolean unsafeRevenue, String filtersJson) {
    /** Only with a secret, and nobody kept out. */
    public static final TrackingRules NONE = new TrackingRules(List.of(), false, "[]");

    public TrackingRules {
        origins = List.copyOf(origins);
    }
}
