package org.openpanelmcp.ingest.track;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one request asks for, checked. Absent texts are empty. */
sealed interface Call {
    /** The person that the request names; empty: nobody. */
    String profileId();

    /**
     * An event.
     *
     * @param id the sender's own id of it
     * @param at when it happened, epoch milliseconds
     * @param stamped whether the sender said when
     * @param properties flattened, without control keys
     * @param identify traits of the person that came along
     */
    record Track(
            String id,
            String name,
            String profileId,
            List<String> groups,
            long at,
            boolean stamped,
            Controls controls,
            Map<String, String> properties,
            @Nullable Identify identify)
            implements Call {}

    /**
     * What the keys with two underscores say.
     *
     * @param page address or name of the page or screen
     * @param revenue in the smallest unit
     * @param claimsRevenue whether the sender said anything of revenue
     * @param deviceId the sender's own id of the device
     * @param address the visitor's IP address, as a server says it
     * @param agent what overrides the user agent, by the name of the key
     */
    record Controls(
            String page,
            String referrer,
            long revenue,
            boolean claimsRevenue,
            String deviceId,
            String address,
            Map<String, String> agent) {}

    /** Traits of a person. */
    record Identify(
            String profileId,
            String firstName,
            String lastName,
            String email,
            String avatar,
            Map<String, String> properties)
            implements Call {
        /** Whether there is anything to know beside the id. */
        boolean saysMore() {
            return !(firstName + lastName + email + avatar).isEmpty() || !properties.isEmpty();
        }
    }

    /** A number of a person is raised, or lowered by a negative one. */
    record Increment(String profileId, String property, BigDecimal by) implements Call {}

    /** Traits of a group. */
    record Group(String id, String type, String name, Map<String, String> properties) implements Call {
        @Override
        public String profileId() {
            return "";
        }
    }

    /** A person, or the device, belongs to groups. */
    record AssignGroup(String profileId, List<String> groupIds) implements Call {}

    /** A piece of a recorded session, which is not kept. */
    record Replay() implements Call {
        @Override
        public String profileId() {
            return "";
        }
    }
}
