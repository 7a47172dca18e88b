package org.openpanelmcp.mcp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Where the product says that something it offers changed. Safe for several threads; never blocks. */
public final class ListChanges {
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    public void toolsChanged() {
        tell(new Change.Tools());
    }

    public void promptsChanged() {
        tell(new Change.Prompts());
    }

    public void resourcesChanged() {
        tell(new Change.Resources());
    }

    /** The content of one resource changed. */
    public void resourceUpdated(String uri) {
        tell(new Change.Resource(uri));
    }

    void add(Consumer<Change> listener) {
        listeners.add(listener);
    }

    void remove(Consumer<Change> listener) {
        listeners.remove(listener);
    }

    private void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    sealed interface Change {
        record Tools() implements Change {}

        record Prompts() implements Change {}

        record Resources() implements Change {}

        record Resource(String uri) implements Change {}
    }
}
