package org.openpanelmcp.transfer.foreign;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event on its way: what a converter knows is set, the rest is empty. */
final class EventDraft {
    final UUID id;
    final String name;
    final long at;
    final Map<String, String> properties = new TreeMap<>();

    String sdkName = "";
    String sdkVersion = "";
    String deviceId = "";
    String profileId = "";
    String sessionId = "";
    List<String> groups = List.of();
    String path = "";
    String origin = "";
    Referrer referrer = Referrer.NONE;
    long revenue;
    long duration;
    Place place = Place.UNKNOWN;
    Equipment equipment = Equipment.UNKNOWN;

    /** Where a visitor is. */
    record Place(
            String country,
            String region,
            String city,
            @Nullable Float longitude,
            @Nullable Float latitude) {
        static final Place UNKNOWN = new Place("", "", "", null, null);
    }

    /** What a visitor uses. */
    record Equipment(
            String device,
            String os,
            String osVersion,
            String browser,
            String browserVersion,
            String brand,
            String model) {
        static final Equipment UNKNOWN = new Equipment("", "", "", "", "", "", "");
    }

    /** @param at epoch milliseconds */
    EventDraft(UUID id, String name, long at) {
        this.id = id;
        this.name = name;
        this.at = at;
    }

    /** Sets path, origin, and the query and hash as properties. */
    void at(Address address) {
        path = address.path();
        origin = address.origin();
        address.query().forEach((key, value) -> property("__query." + key, value));
        property("__hash", address.hash());
    }

    /** Nothing is kept of an empty value. */
    void property(String key, String value) {
        if (!value.isEmpty()) {
            properties.put(key, value);
        }
    }
}
