package org.openpanelmcp.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.ScopedQuery;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure.Reason;

/** What every event store does when queries are stopped, too large, too many or wrong. One query runs at a time. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
public abstract class StoreContractTest {
    private static final ProjectScope SCOPE = new ProjectScope("acme", "shop", ZoneOffset.UTC);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int ROWS = 400;
    private static final int FAR_TOO_MANY = 10_000;

    @TempDir
    Path folder;

    private TestEngine engine;
    private EventStore store;

    /** Starts the engine with its files, if it has any, in the folder. */
    protected abstract TestEngine start(Path folder, int concurrency);

    @BeforeEach
    void open() {
        engine = start(folder, 1);
        store = engine.store();
        engine.insert(
                "events",
                LongStream.range(0, ROWS).mapToObj(StoreContractTest::event).toList());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void cancellingStopsTheQueryThatRuns() throws Exception {
        var running = startEndless(LONG);
        awaitComputing();

        running.cancel();

        assertThat(running.failure().reason()).isEqualTo(Reason.CANCELLED);
        assertAnswers();
    }

    @Test
    void cancellingTakesAWaitingQueryAway() throws Exception {
        var running = startEndless(LONG);
        awaitComputing();
        var waiting = startEndless(LONG);

        waiting.cancel();

        assertThat(waiting.failure().reason()).isEqualTo(Reason.CANCELLED);
        running.cancel();
        assertThat(running.failure().reason()).isEqualTo(Reason.CANCELLED);
        assertAnswers();
    }

    @Test
    void aCallThatIsCancelledAlreadyGetsNoAnswer() throws Exception {
        var failure = failure(endless(), new Budget(LONG, 10, 1_000, Runnable::run));
        assertThat(failure.reason()).isEqualTo(Reason.CANCELLED);
        assertAnswers();
    }

    @Test
    void interruptingTheCallerStopsTheQuery() throws Exception {
        var running = startEndless(LONG);
        awaitComputing();

        running.caller().interrupt();

        assertThat(running.failure().reason()).isEqualTo(Reason.CANCELLED);
        assertAnswers();
    }

    @Test
    void theDeadlineStopsTheQuery() throws Exception {
        assertThat(failure(endless(), Budget.uncancelled(Duration.ofMillis(300)))
                        .reason())
                .isEqualTo(Reason.TIMEOUT);
        assertAnswers();
    }

    @Test
    void theDeadlineCountsTheTimeOfWaiting() throws Exception {
        var running = startEndless(LONG);
        awaitComputing();

        assertThat(failure(number(1), Budget.uncancelled(Duration.ofMillis(50))).reason())
                .isEqualTo(Reason.TIMEOUT);

        running.cancel();
        assertThat(running.failure().reason()).isEqualTo(Reason.CANCELLED);
        assertAnswers();
    }

    @Test
    void moreRowsThanAllowedAreRefused() throws Exception {
        assertThat(store.query(names(), row -> row.text("answer"), budget(ROWS, 1_000_000)))
                .hasSize(ROWS);
        assertThat(failure(names(), budget(ROWS - 1, 1_000_000)).reason()).isEqualTo(Reason.TOO_LARGE);
        assertAnswers();
    }

    @Test
    void moreTextThanAllowedIsRefused() throws Exception {
        int characters = store.query(names(), row -> row.text("answer").length(), budget(ROWS, 1_000_000)).stream()
                .mapToInt(Integer::intValue)
                .sum();
        assertThat(store.query(names(), row -> row.text("answer"), budget(ROWS, characters)))
                .hasSize(ROWS);
        assertThat(failure(names(), budget(ROWS, characters - 1)).reason()).isEqualTo(Reason.TOO_LARGE);
        assertAnswers();
    }

    @Test
    void tooManyWaitingQueriesAreRefusedAndTheOthersKept() throws Exception {
        var calls = new ArrayList<Call>();
        while (calls.isEmpty() || !calls.getLast().refused()) {
            assertThat(calls).as("accepted calls").hasSizeLessThan(FAR_TOO_MANY);
            calls.add(startEndless(LONG));
        }
        assertThat(calls.removeLast().failure().reason()).isEqualTo(Reason.BUSY);

        calls.forEach(Call::cancel);

        for (var call : calls) {
            assertThat(call.failure().reason()).isEqualTo(Reason.CANCELLED);
        }
        assertAnswers();
    }

    @Test
    void aWrongQueryFailsAloneAndSaysWhyToTheOperator() throws Exception {
        var wrong = query(Sql.of("no_such_column"));
        assertThat(failure(wrong, Budget.uncancelled(LONG)).reason()).isEqualTo(Reason.BROKEN);
        assertAnswers();
    }

    @Test
    void aMapperThatThrowsFailsAlone() throws Exception {
        var failure = catchThrowableOfType(
                QueryFailure.class,
                () -> store.query(
                        number(1),
                        row -> {
                            throw new IllegalStateException("a defect");
                        },
                        Budget.uncancelled(LONG)));
        assertThat(failure.reason()).isEqualTo(Reason.BROKEN);
        assertAnswers();
    }

    @Test
    void manyCallersAtOnceGetTheirOwnAnswers() throws Exception {
        var begin = new CountDownLatch(1);
        var answers = new ArrayList<Future<Long>>();
        for (long number = 0; number < 64; number++) {
            long own = number;
            var task = new FutureTask<>(() -> {
                begin.await();
                return store.query(number(own), row -> row.whole("answer"), Budget.uncancelled(LONG))
                        .getFirst();
            });
            Thread.ofVirtual().start(task);
            answers.add(task);
        }
        begin.countDown();
        for (int number = 0; number < answers.size(); number++) {
            assertThat(answers.get(number).get()).isEqualTo(number);
        }
    }

    @Test
    void theVersionChangesWithTheData() {
        long before = store.version();
        engine.insert("events", List.of(event(ROWS)));
        assertThat(store.version()).isNotEqualTo(before);
    }

    private static Map<String, Object> event(long number) {
        return Map.of("project_id", "shop", "name", "n" + number, "created_at", Instant.EPOCH, "revenue", number);
    }

    /** The single thread is free again, and the engine unharmed. */
    private void assertAnswers() throws QueryFailure {
        assertThat(store.query(number(42), row -> row.whole("answer"), Budget.uncancelled(LONG)))
                .containsExactly(42L);
    }

    private void awaitComputing() {
        while (!engine.computing()) {
            Thread.onSpinWait();
        }
    }

    private static Budget budget(int rows, long characters) {
        return new Budget(LONG, rows, characters, action -> {});
    }

    private QueryFailure failure(ScopedQuery query, Budget budget) {
        var failure =
                catchThrowableOfType(QueryFailure.class, () -> store.query(query, row -> row.text("answer"), budget));
        assertThat(failure).as("failure").isNotNull();
        return failure;
    }

    private ScopedQuery names() {
        return query(Sql.of("name"));
    }

    private ScopedQuery number(long number) {
        return query(Sql.template("max({number})").bind("number", number).sql());
    }

    private ScopedQuery query(Sql expression) {
        return new ScopedQuery(
                SCOPE,
                Sql.template("select {x} as answer from {events}")
                        .put("x", expression)
                        .put("events", store.dialect().events(SCOPE))
                        .sql());
    }

    /** Each row with each, five times over: years of work. */
    private ScopedQuery endless() {
        var events = store.dialect().events(SCOPE);
        return new ScopedQuery(SCOPE, Sql.template("""
                                select sum(a.revenue * b.revenue + c.revenue * d.revenue + e.revenue) as answer
                                from {events} as a cross join {events} as b cross join {events} as c
                                cross join {events} as d cross join {events} as e
                                where a.revenue + b.revenue + c.revenue <> d.revenue * e.revenue""").put("events", events).sql());
    }

    /** Returns once the query is accepted or refused. */
    private Call startEndless(Duration time) throws InterruptedException {
        BlockingQueue<Consumer<Call>> decided = new LinkedBlockingQueue<>();
        var call = Call.start(store, endless(), time, decided);
        decided.take().accept(call);
        return call;
    }

    /** A query that a thread of its own waits for. */
    private static final class Call {
        private final FutureTask<QueryFailure> ending;
        private final Thread caller;
        private Runnable stop = () -> {};
        private boolean refused;

        private Call(FutureTask<QueryFailure> ending, Thread caller) {
            this.ending = ending;
            this.caller = caller;
        }

        static Call start(EventStore store, ScopedQuery query, Duration time, BlockingQueue<Consumer<Call>> decided) {
            var budget = new Budget(time, 10, 1_000, action -> decided.add(call -> call.stop = action));
            var ending = new FutureTask<>(() -> {
                var failure = catchThrowableOfType(
                        QueryFailure.class, () -> store.query(query, row -> row.text("answer"), budget));
                decided.add(call -> call.refused = true);
                return failure;
            });
            return new Call(ending, Thread.ofVirtual().start(ending));
        }

        void cancel() {
            stop.run();
        }

        Thread caller() {
            return caller;
        }

        boolean refused() {
            return refused;
        }

        QueryFailure failure() throws Exception {
            return ending.get();
        }
    }
}
