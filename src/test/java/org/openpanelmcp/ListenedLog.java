package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Everything that is logged, down to DEBUG, until it is closed; for a test and not for the console. */
final class ListenedLog implements AutoCloseable {
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();

    ListenedLog() {
        root.iteratorForAppenders().forEachRemaining(Appender::stop);
        logged.start();
        root.setLevel(Level.DEBUG);
        root.addAppender(logged);
    }

    /** The lines so far, with their stack traces. */
    List<String> lines() {
        assertThat(logged.list).as("the test sees the log").isNotEmpty();
        return List.copyOf(logged.list).stream()
                .map(line -> line.getFormattedMessage()
                        + (line.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(line.getThrowableProxy())))
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(logged);
        root.setLevel(before);
        root.iteratorForAppenders().forEachRemaining(Appender::start);
    }
}
