package org.openpanelmcp.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.ingest.write.Quantity;
import org.openpanelmcp.store.EventWriter;
import org.openpanelmcp.store.ProfileRow;
import org.openpanelmcp.store.RowKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses increments that cannot be done, in time to tell the sender. What is accepted is stored first, so that somebody
 * identified a moment ago is known; the increment itself is done by the one who stores.
 */
final class Profiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Profiles.class);
    private static final long PATIENCE = 5_000;

    private final EventWriter store;
    private final Storing storing;
    /** The engine is called from platform threads only; those who ask are virtual. */
    private final ExecutorService threads = Executors.newFixedThreadPool(
            1, Thread.ofPlatform().name("profiles").daemon(true).factory());

    Profiles(EventWriter store, Storing storing) {
        this.store = store;
        this.storing = storing;
    }

    /** What of some offers is refused, by its place among them. */
    record Refusals(Map<Integer, Receipt.Refused> byPlace) {
        boolean isEmpty() {
            return byPlace.isEmpty();
        }

        List<Offer> admitted(List<Offer> offers) {
            var admitted = new ArrayList<Offer>();
            for (int i = 0; i < offers.size(); i++) {
                if (!byPlace.containsKey(i)) {
                    admitted.add(offers.get(i));
                }
            }
            return admitted;
        }

        List<Receipt> merge(List<Receipt> receipts) {
            var merged = new ArrayList<Receipt>(receipts);
            byPlace.keySet().stream().sorted().forEach(place -> merged.add(place, byPlace.get(place)));
            return merged;
        }
    }

    Refusals refusals(List<Offer> offers, long accepted) throws Intake.Unavailable {
        var keys = new ArrayList<RowKey>();
        for (var offer : offers) {
            if (offer.entry() instanceof Entry.ProfileIncrement increment) {
                keys.add(new RowKey(increment.projectId(), increment.profileId()));
            }
        }
        if (keys.isEmpty()) {
            return new Refusals(Map.of());
        }
        var known = known(keys, accepted);
        var refusals = new HashMap<Integer, Receipt.Refused>();
        for (int i = 0; i < offers.size(); i++) {
            if (offers.get(i).entry() instanceof Entry.ProfileIncrement increment) {
                var refusal = refusal(known.get(new RowKey(increment.projectId(), increment.profileId())), increment);
                if (refusal != null) {
                    refusals.put(i, refusal);
                }
            }
        }
        return new Refusals(refusals);
    }

    private Map<RowKey, ProfileRow> known(List<RowKey> keys, long accepted) throws Intake.Unavailable {
        try {
            if (!storing.await(accepted, PATIENCE)) {
                throw new Intake.Unavailable("Profiles cannot be looked up now. Send again in a minute.");
            }
            var known = new HashMap<RowKey, ProfileRow>();
            for (var row : threads.submit(() -> store.profiles(keys)).get()) {
                known.put(row.key(), row);
            }
            return known;
        } catch (ExecutionException | RejectedExecutionException failure) {
            LOG.warn("Profiles cannot be looked up", failure);
            throw new Intake.Unavailable("Profiles cannot be looked up now. Send again in a minute.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Intake.Unavailable("The server is stopping. Send again later.");
        }
    }

    @Override
    public void close() {
        threads.close();
    }

    private static Receipt.@Nullable Refused refusal(@Nullable ProfileRow profile, Entry.ProfileIncrement increment) {
        if (profile == null) {
            return new Receipt.Refused(
                    404, "There is no profile '%s'. Send identify for it first.".formatted(increment.profileId()));
        }
        if (Quantity.of(profile.properties().getOrDefault(increment.property(), "0"))
                .isPresent()) {
            return null;
        }
        return new Receipt.Refused(
                400,
                "The property '%s' of profile '%s' is a text, not a number."
                        .formatted(increment.property(), increment.profileId()));
    }
}
