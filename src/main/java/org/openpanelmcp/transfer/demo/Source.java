package org.openpanelmcp.transfer.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a visit came about; {@code utm} is what the address of its first page carries. */
record Source(String referrer, String name, String type, Map<String, String> utm) {
    static final List<String> UTM = List.of("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content");
    static final Source DIRECT = new Source("", "", "", Map.of());

    static Source from(String referrer, String name, String type) {
        return new Source(referrer, name, type, Map.of());
    }

    /** The same place, reached by an address with these parameters: source, medium, campaign, term and content. */
    Source tagged(String... values) {
        var tagged = new LinkedHashMap<String, String>();
        for (int i = 0; i < values.length; i++) {
            if (!values[i].isEmpty()) {
                tagged.put(UTM.get(i), values[i]);
            }
        }
        return new Source(referrer, name, type, Map.copyOf(tagged));
    }
}
