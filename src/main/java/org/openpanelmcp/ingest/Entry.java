package org.openpanelmcp.ingest;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one accepted request means. Holds no address of a client. Absent texts are empty, as in the columns. */
public sealed interface Entry {
    String projectId();

    /** When it was received, epoch milliseconds. */
    long receivedAt();

    /** Whom it names; empty: nobody, or a group. */
    String profileId();

    /** Whose devices it may be about, the likeliest first; empty: none is named. */
    default List<String> deviceIds() {
        return List.of();
    }

    /**
     * Something happened.
     *
     * @param id the event's id; the sender's own when it gave one
     * @param at when it happened, epoch milliseconds
     * @param deviceIds whose it may be, the likeliest first; empty: a server's event
     * @param profileId empty: not said
     * @param fromServer whether it was sent by a server: it opens no session, but joins that of its device or profile
     * @param revenue in the smallest unit; 0 unless the event is called {@code revenue}
     * @param properties flattened, without control keys
     */
    record Event(
            String projectId,
            long receivedAt,
            UUID id,
            String name,
            long at,
            List<String> deviceIds,
            String profileId,
            List<String> groups,
            Page page,
            Referrer referrer,
            Place place,
            Agent agent,
            Sdk sdk,
            boolean fromServer,
            long revenue,
            Map<String, String> properties)
            implements Entry {
        public Event {
            deviceIds = List.copyOf(deviceIds);
            groups = List.copyOf(groups);
            properties = Map.copyOf(properties);
        }
    }

    /** Where on a site or in an app. The parameters of the address are among the properties, as {@code __query.<name>}. */
    record Page(String path, String origin) {}

    /** Where the visitor came from. */
    record Referrer(String url, String name, String type) {}

    /** Where on earth. */
    record Place(
            String country,
            String region,
            String city,
            @Nullable Float longitude,
            @Nullable Float latitude) {}

    /** With what. */
    record Agent(
            String os,
            String osVersion,
            String browser,
            String browserVersion,
            String device,
            String brand,
            String model) {}

    /** By what it was sent. */
    record Sdk(String name, String version) {}

    /**
     * Somebody is known by these traits; merged with what is known already.
     *
     * @param properties flattened
     */
    record ProfilePatch(
            String projectId,
            long receivedAt,
            String profileId,
            String firstName,
            String lastName,
            String email,
            String avatar,
            Map<String, String> properties)
            implements Entry {
        public ProfilePatch {
            properties = Map.copyOf(properties);
        }
    }

    /** A number of a profile is raised, or lowered by a negative one. */
    record ProfileIncrement(String projectId, long receivedAt, String profileId, String property, BigDecimal by)
            implements Entry {}

    /** A group is known by these traits; merged with what is known already. */
    record GroupPatch(
            String projectId, long receivedAt, String groupId, String type, String name, Map<String, String> properties)
            implements Entry {
        public GroupPatch {
            properties = Map.copyOf(properties);
        }

        @Override
        public String profileId() {
            return "";
        }
    }

    /**
     * Somebody belongs to groups.
     *
     * @param profileId empty: the profile of the device
     * @param deviceIds whose it may be, the likeliest first
     */
    record GroupMembership(
            String projectId, long receivedAt, String profileId, List<String> deviceIds, List<String> groupIds)
            implements Entry {
        public GroupMembership {
            deviceIds = List.copyOf(deviceIds);
            groupIds = List.copyOf(groupIds);
        }
    }
}
