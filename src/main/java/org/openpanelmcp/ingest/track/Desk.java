package org.openpanelmcp.ingest.track;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.ingest.Entry;
import org.openpanelmcp.ingest.IngestCounters;
import org.openpanelmcp.ingest.Intake;
import org.openpanelmcp.ingest.Offer;
import org.openpanelmcp.ingest.Receipt;

/** Hands calls to the intake and tells what came of each. Safe for several threads. */
final class Desk {
    private final Intake intake;
    private final EntryMaker maker;
    private final Allowance allowance;
    private final IngestCounters counters;

    Desk(Intake intake, EntryMaker maker, Allowance allowance, IngestCounters counters) {
        this.intake = intake;
        this.maker = maker;
        this.allowance = allowance;
        this.counters = counters;
    }

    /**
     * A call before it is handed over.
     *
     * @param call null: it was refused before
     * @param problem why; null: it was not
     */
    record Item(
            @Nullable Call call,
            Offer.@Nullable Retry retry,
            UUID id,
            @Nullable Problem problem) {
        static Item refused(Problem problem) {
            return new Item(null, null, new UUID(0, 0), problem);
        }
    }

    /** Where the receipt of an item is among those of the offers. */
    private record Place(int index, @Nullable Outcome known) {}

    /**
     * Takes calls; each is answered for itself.
     *
     * @param receivedAt epoch milliseconds
     * @throws Problem 429 when the project sends too much, 503 when nothing can be kept: nothing was taken then
     */
    List<Outcome> take(Sender sender, Visitor visitor, List<Item> items, long receivedAt) {
        var offers = new ArrayList<Offer>();
        var places = new ArrayList<Place>();
        for (var item : items) {
            places.add(place(sender, visitor, item, receivedAt, offers));
        }
        var receipts = kept(sender.projectId(), offers);
        return places.stream()
                .map(place -> counted(place.known() == null ? outcome(receipts.get(place.index())) : place.known()))
                .toList();
    }

    /**
     * Takes entries that need no answer of their own.
     *
     * @return how many of them came to what
     * @throws Problem 429 or 503 as above
     */
    Map<Outcome.Result, Integer> load(String projectId, List<Offer> offers) {
        var results = new EnumMap<Outcome.Result, Integer>(Outcome.Result.class);
        for (var receipt : kept(projectId, offers)) {
            if (counted(outcome(receipt)) instanceof Outcome.Taken taken) {
                results.merge(taken.result(), 1, Integer::sum);
            }
        }
        return results;
    }

    private Place place(Sender sender, Visitor visitor, Item item, long receivedAt, List<Offer> offers) {
        var call = item.call();
        if (call == null || item.problem() != null) {
            return known(new Outcome.Refused(
                    item.problem() == null ? Refusal.payload("Nothing was sent.") : item.problem()));
        }
        try {
            sender.check(call);
        } catch (Problem refused) {
            return known(new Outcome.Refused(refused));
        }
        var entries = maker.entries(sender, visitor, call, item.id(), receivedAt);
        if (entries.isEmpty()) {
            return known(Outcome.Taken.of(
                    intake.whoIs(sender.projectId(), maker.devices(sender, visitor)), Outcome.Result.DISCARDED));
        }
        if (entries.getLast() instanceof Entry.Event event && sender.filters().excludes(event)) {
            return known(
                    Outcome.Taken.of(intake.whoIs(sender.projectId(), event.deviceIds()), Outcome.Result.EXCLUDED));
        }
        // What comes along is merged: a repetition changes nothing.
        entries.subList(0, entries.size() - 1).forEach(entry -> offers.add(new Offer(entry, null)));
        offers.add(new Offer(entries.getLast(), item.retry()));
        return new Place(offers.size() - 1, null);
    }

    private static Place known(Outcome outcome) {
        return new Place(-1, outcome);
    }

    private List<Receipt> kept(String projectId, List<Offer> offers) {
        if (offers.isEmpty()) {
            return List.of();
        }
        allowance.count(projectId, offers.size());
        try {
            return intake.take(offers);
        } catch (Intake.Unavailable unavailable) {
            throw Refusal.unavailable(String.valueOf(unavailable.getMessage()));
        }
    }

    private static Outcome outcome(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Kept kept ->
                Outcome.Taken.of(kept, kept.repeated() ? Outcome.Result.DUPLICATE : Outcome.Result.STORED);
            case Receipt.HeldBack heldBack ->
                Outcome.Taken.of(new Receipt.Kept("", "", false), Outcome.Result.EXCLUDED);
            case Receipt.Refused refused ->
                new Outcome.Refused(new Problem(
                        refused.status(), refused.status() == 404 ? "unknown_profile" : "refused", refused.reason()));
        };
    }

    private Outcome counted(Outcome outcome) {
        switch (outcome) {
            case Outcome.Taken taken -> counters.result(taken.result().word());
            case Outcome.Refused refused -> counters.refused(refused.problem().code());
        }
        return outcome;
    }
}
