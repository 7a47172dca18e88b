package org.openpanelmcp.ingest;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbEventWriter;
import org.openpanelmcp.store.duckdb.DuckDbOptions;

/** A process that takes events from several senders until it is killed, and says which it has acknowledged. */
final class HaltedIntake {
    private static final int SENDERS = 8;

    private HaltedIntake() {}

    /** {@code FOLDER SEED}. */
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var seed = Long.parseLong(arguments[1]);
        var database = DuckDbDatabase.open(folder, DuckDbOptions.unlocked());
        var intake = LiveIntake.start(
                folder,
                new DuckDbEventWriter(database),
                InstantSource.system(),
                LiveIntake.Limits.DEFAULT,
                Screen.NONE);
        List<Callable<Object>> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            var random = new Random(seed * SENDERS + i);
            senders.add(() -> send(intake, random));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAny(senders);
        }
    }

    private static Object send(LiveIntake intake, Random random) throws Exception {
        while (true) {
            var offers = new ArrayList<Offer>();
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                offers.add(offer(random));
            }
            var receipts = intake.take(offers);
            acknowledge(offers, receipts);
            if (random.nextInt(5) == 0) {
                intake.take(offers);
            }
        }
    }

    private static Offer offer(Random random) {
        var visitor = Visitor.of("d" + random.nextInt(50));
        long at = System.currentTimeMillis() - (random.nextInt(20) == 0 ? random.nextLong(86_400_000L) : 0);
        var event = random.nextBoolean() ? visitor.views("/p" + random.nextInt(9), at) : visitor.pays(1, at);
        return new Offer(event, new Offer.Retry(UUID.randomUUID().toString(), 86_400_000L));
    }

    private static void acknowledge(List<Offer> offers, List<Receipt> receipts) {
        Map<String, String> sessions = new HashMap<>();
        for (int i = 0; i < offers.size(); i++) {
            var id = ((Entry.Event) offers.get(i).entry()).id().toString();
            sessions.put(id, ((Receipt.Kept) receipts.get(i)).sessionId());
        }
        var lines = new StringBuilder();
        sessions.forEach(
                (id, session) -> lines.append(id).append(' ').append(session).append('\n'));
        synchronized (HaltedIntake.class) {
            System.out.print(lines);
            System.out.flush();
        }
    }
}
