package org.openpanelmcp.ingest.write;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.ingest.Entry;
import org.openpanelmcp.store.Batch;
import org.openpanelmcp.store.ProfileRow;
import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.Surroundings;

/** A profile while entries are merged into it. */
final class ProfileState {
    private static final String DEVICE = "device";
    private static final String SERVER = "server";

    /** Where and with what somebody is: a server does not know that of the person it speaks of. */
    private static final Set<String> SURROUNDINGS = Set.of(
            "country",
            "region",
            "city",
            "longitude",
            "latitude",
            "os",
            "os_version",
            "browser",
            "browser_version",
            DEVICE,
            "brand",
            "model");

    private final RowKey key;
    private final boolean isStored;
    private final long storedSeenAt;
    private boolean isExternal;
    private String firstName = "";
    private String lastName = "";
    private String email = "";
    private String avatar = "";
    private final Map<String, String> properties = new HashMap<>();
    private final Set<String> groups = new LinkedHashSet<>();
    private long createdAt;
    private long lastSeenAt;
    private boolean changed;

    private ProfileState(RowKey key, boolean isStored, long createdAt, long lastSeenAt) {
        this.key = key;
        this.isStored = isStored;
        this.storedSeenAt = lastSeenAt;
        this.createdAt = createdAt;
        this.lastSeenAt = lastSeenAt;
    }

    static ProfileState begin(RowKey key, long at) {
        var state = new ProfileState(key, false, at, at);
        state.changed = true;
        return state;
    }

    static ProfileState of(ProfileRow row) {
        var state = new ProfileState(row.key(), true, row.createdAt(), row.lastSeenAt());
        state.isExternal = row.isExternal();
        state.firstName = row.firstName();
        state.lastName = row.lastName();
        state.email = row.email();
        state.avatar = row.avatar();
        state.properties.putAll(row.properties());
        state.groups.addAll(row.groups());
        return state;
    }

    /**
     * Somebody was there.
     *
     * @param surroundings where and with what, if that is to be noted
     */
    void see(long at, boolean identified, @Nullable Surroundings surroundings) {
        if (identified) {
            makeExternal();
        }
        if (at < createdAt) {
            createdAt = at;
            changed = true;
        }
        if (surroundings != null && at >= lastSeenAt) {
            traits(surroundings).forEach(this::put);
        }
        lastSeenAt = Math.max(lastSeenAt, at);
    }

    private static Map<String, String> traits(Surroundings surroundings) {
        var place = surroundings.place();
        var agent = surroundings.agent();
        var traits = new TreeMap<String, String>();
        traits.put("country", place.country());
        traits.put("region", place.region());
        traits.put("city", place.city());
        traits.put("os", agent.os());
        traits.put("os_version", agent.osVersion());
        traits.put("browser", agent.browser());
        traits.put("browser_version", agent.browserVersion());
        traits.put(DEVICE, agent.device());
        traits.put("brand", agent.brand());
        traits.put("model", agent.model());
        return traits;
    }

    void merge(Entry.ProfilePatch patch) {
        makeExternal();
        firstName = newer(firstName, patch.firstName());
        lastName = newer(lastName, patch.lastName());
        email = newer(email, patch.email());
        avatar = newer(avatar, patch.avatar());
        boolean fromServer = SERVER.equals(patch.properties().get(DEVICE))
                && !properties.getOrDefault(DEVICE, SERVER).equals(SERVER);
        patch.properties().forEach((name, value) -> {
            if (!fromServer || !SURROUNDINGS.contains(name)) {
                put(name, value);
            }
        });
        touch(patch.receivedAt());
    }

    private String newer(String old, String incoming) {
        changed |= !incoming.isEmpty() && !incoming.equals(old);
        return incoming.isEmpty() ? old : incoming;
    }

    /** Nothing is taken away by an empty value. */
    private void put(String name, String value) {
        if (!value.isEmpty() && !value.equals(properties.put(name, value))) {
            changed = true;
        }
    }

    void increment(Entry.ProfileIncrement increment) throws Unfit {
        var before = properties.getOrDefault(increment.property(), "0");
        var number = Quantity.of(before);
        if (number.isEmpty()) {
            throw new Unfit("the property '" + increment.property() + "' is a text, not a number");
        }
        var sum = number.get().add(increment.by());
        makeExternal();
        put(increment.property(), (sum.signum() == 0 ? BigDecimal.ZERO : sum.stripTrailingZeros()).toPlainString());
        touch(increment.receivedAt());
    }

    void join(Collection<String> ids, boolean identified, long receivedAt) {
        if (identified) {
            makeExternal();
        }
        changed |= groups.addAll(ids);
        touch(receivedAt);
    }

    private void makeExternal() {
        changed |= !isExternal;
        isExternal = true;
    }

    private void touch(long receivedAt) {
        lastSeenAt = Math.max(lastSeenAt, receivedAt);
    }

    /** Whether the whole row is to be written. */
    boolean isChanged() {
        return changed || !isStored;
    }

    /** Whether only the time of the last visit is to be written. */
    boolean isSighted() {
        return !isChanged() && lastSeenAt > storedSeenAt;
    }

    RowKey key() {
        return key;
    }

    Batch.ProfileChange change() {
        return new Batch.ProfileChange(row(), isStored);
    }

    /** The row as it is once the batch is stored. */
    ProfileRow row() {
        return new ProfileRow(
                key,
                isExternal,
                firstName,
                lastName,
                email,
                avatar,
                Map.copyOf(properties),
                List.copyOf(groups),
                createdAt,
                lastSeenAt);
    }
}
