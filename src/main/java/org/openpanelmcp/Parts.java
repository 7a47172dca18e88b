package org.openpanelmcp;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server has opened, closed in the reverse order; one that fails to close does not keep the others open. */
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        open.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            var part = open.pop();
            try {
                part.close();
            } catch (Exception failure) {
                LOG.error("{} did not close cleanly", part.getClass().getSimpleName(), failure);
            }
        }
    }
}
