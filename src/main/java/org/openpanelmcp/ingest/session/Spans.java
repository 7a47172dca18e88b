package org.openpanelmcp.ingest.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.SessionSpan;

/** Sessions in memory, by device and by the person who is known to use it. */
final class Spans {
    private final Map<RowKey, List<Span>> byDevice = new HashMap<>();
    private final Map<RowKey, List<Span>> byProfile = new HashMap<>();
    private int size;

    int size() {
        return size;
    }

    /** The session of a device that holds a moment; of two the earlier one. */
    Optional<Span> holding(RowKey device, long at) {
        return of(byDevice, device).stream()
                .filter(span -> span.holds(at))
                .min(Comparator.comparingLong(span -> span.start));
    }

    /** The latest session of a device that began by then. */
    Optional<Span> latestOfDevice(RowKey device, long at) {
        return latest(of(byDevice, device), at);
    }

    /** The latest session of a person that began by then. */
    Optional<Span> latestOfProfile(RowKey profile, long at) {
        return latest(of(byProfile, profile), at);
    }

    private static Optional<Span> latest(List<Span> spans, long at) {
        return spans.stream().filter(span -> span.start <= at).max(Comparator.comparingLong(span -> span.start));
    }

    private static List<Span> of(Map<RowKey, List<Span>> index, RowKey key) {
        return index.getOrDefault(key, List.of());
    }

    /** Takes up a stored session, unless it is here already. */
    void load(SessionSpan stored, long now) {
        var device = new RowKey(stored.key().projectId(), stored.deviceId());
        boolean known = of(byDevice, device).stream()
                .anyMatch(span -> span.sessionId.equals(stored.key().id()));
        if (!known) {
            var span = new Span(device, stored.key().id(), stored.profileId(), stored.startedAt(), stored.endedAt());
            span.usedAt = now;
            add(span);
        }
    }

    void add(Span span) {
        byDevice.computeIfAbsent(span.device, key -> new ArrayList<>(1)).add(span);
        if (span.isIdentified()) {
            byProfile.computeIfAbsent(profile(span), key -> new ArrayList<>(1)).add(span);
        }
        size++;
    }

    void remove(Span span) {
        remove(byDevice, span.device, span);
        if (span.isIdentified()) {
            remove(byProfile, profile(span), span);
        }
        size--;
    }

    /** Somebody else is known to use the device from now on. */
    void identify(Span span, String profileId) {
        if (span.isIdentified()) {
            remove(byProfile, profile(span), span);
        }
        span.profileId = profileId;
        if (span.isIdentified()) {
            byProfile.computeIfAbsent(profile(span), key -> new ArrayList<>(1)).add(span);
        }
    }

    List<Span> all() {
        return byDevice.values().stream().flatMap(List::stream).toList();
    }

    private static RowKey profile(Span span) {
        return new RowKey(span.device.projectId(), span.profileId);
    }

    private static void remove(Map<RowKey, List<Span>> index, RowKey key, Span span) {
        var spans = index.get(key);
        if (spans != null && spans.remove(span) && spans.isEmpty()) {
            index.remove(key);
        }
    }
}
