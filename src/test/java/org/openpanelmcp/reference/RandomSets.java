package org.openpanelmcp.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Random projects in one store. All suites of a run share them, and as many projects are asked at a time as there are
 * processors; {@code -Ddifferential.sets=N} says how many there are.
 */
final class RandomSets implements AutoCloseable {
    static final int COUNT = Integer.getInteger("differential.sets", 50);

    private final Path folder;
    private final List<SampleProject> projects;
    private final AskedStore store;
    private final ExecutorService workers =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    private RandomSets(LongFunction<SampleProject> generator) {
        this.projects = LongStream.range(0, COUNT).mapToObj(generator).toList();
        try {
            this.folder = Files.createTempDirectory("openpanel-sets");
            this.store = AskedStore.load(folder, projects);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<SampleProject> projects() {
        return projects;
    }

    AskedStore store() {
        return store;
    }

    @FunctionalInterface
    interface Task {
        void run(SampleProject project);
    }

    /** A test per project. They start at once, some at a time; each test waits for its own. */
    Stream<DynamicTest> each(List<SampleProject> chosen, Task task) {
        var tests = chosen.stream()
                .map(project -> {
                    var run = new FutureTask<Void>(() -> task.run(project), null);
                    workers.execute(run);
                    return DynamicTest.dynamicTest(project.title(), () -> await(run));
                })
                .toList();
        return tests.stream();
    }

    private static void await(FutureTask<Void> run) throws Throwable {
        try {
            run.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        workers.shutdownNow();
        store.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.toList().reversed()) {
                Files.delete(file);
            }
        }
    }

    /** Makes the sets for the first suite that needs them; they are closed after the last test of the run. */
    abstract static class Loaded implements BeforeAllCallback {
        private final LongFunction<SampleProject> generator;

        Loaded(LongFunction<SampleProject> generator) {
            this.generator = generator;
        }

        @Override
        public void beforeAll(ExtensionContext context) {
            take(context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(RandomSets.class))
                    .computeIfAbsent(getClass(), _ -> new RandomSets(generator), RandomSets.class));
        }

        abstract void take(RandomSets sets);
    }
}
