package org.openpanelmcp.http;

import java.io.IOException;
import java.net.BindException;
import java.util.EnumSet;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** A running HTTP server. Endpoints run on virtual threads; as many at a time as the limits say. */
public final class HttpServer implements AutoCloseable {
    /** Threads that watch sockets and hand over; endpoints never run on them. */
    private static final int PLATFORM_THREADS = 16;

    /** How long a connection without a request stays open once the server stops. */
    private static final long STOP_IDLE_MILLIS = 200;

    private final Server jetty;
    private final int port;

    private HttpServer(Server jetty, int port) {
        this.jetty = jetty;
        this.port = port;
    }

    /**
     * Listens and answers until closed.
     *
     * @throws PortInUse when another program has the port
     * @throws IOException when the address cannot be listened on for another reason
     */
    public static HttpServer start(HttpOptions options, Router router) throws IOException {
        var jetty = new Server(threads(options.limits()));
        var connector = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(configuration(options.limits())));
        connector.setHost(options.listen().host());
        connector.setPort(options.listen().port());
        connector.setIdleTimeout(options.limits().idleTime().toMillis());
        connector.setShutdownIdleTimeout(STOP_IDLE_MILLIS);
        connector.setAcceptQueueSize(1_024);
        jetty.addConnector(connector);
        jetty.setErrorHandler(new ErrorAnswers());
        jetty.setHandler(new GracefulHandler(limited(options.limits(), new Front(options, router))));
        jetty.setStopTimeout(options.limits().stopTime().toMillis());
        try {
            jetty.start();
        } catch (Exception failure) {
            stop(jetty);
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException && options.listen().port() != 0) {
                    throw new PortInUse(options.listen(), failure);
                }
            }
            throw new IOException("cannot listen on " + options.listen(), failure);
        }
        return new HttpServer(jetty, connector.getLocalPort());
    }

    /** The port that is really listened on. */
    public int port() {
        return port;
    }

    /** Refuses new requests, lets running ones finish for the configured time, then stops. */
    @Override
    public void close() {
        stop(jetty);
    }

    private static void stop(Server jetty) {
        try {
            jetty.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("the HTTP server did not stop cleanly", failure);
        }
    }

    private static QueuedThreadPool threads(HttpOptions.Limits limits) {
        var virtual = new VirtualThreadPool();
        virtual.setName("http");
        virtual.setMaxConcurrentTasks(4 * limits.concurrentRequests());
        var threads = new QueuedThreadPool(PLATFORM_THREADS);
        threads.setName("http-io");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(virtual);
        return threads;
    }

    private static HttpConfiguration configuration(HttpOptions.Limits limits) {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(limits.headerBytes());
        configuration.setResponseHeaderSize(limits.headerBytes());
        // Ids in paths may hold an encoded slash or percent sign; Path decodes each segment once.
        configuration.setUriCompliance(new UriCompliance(
                "ids",
                EnumSet.of(
                        UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                        UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING)));
        return configuration;
    }

    private static QoSHandler limited(HttpOptions.Limits limits, Front front) {
        var limited = new QoSHandler(front);
        limited.setMaxRequestCount(limits.concurrentRequests());
        limited.setMaxSuspendedRequestCount(limits.waitingRequests());
        limited.setMaxSuspend(limits.waitTime());
        return limited;
    }
}
