package org.openpanelmcp.ops;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.openpanelmcp.http.OriginPolicy;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.http.Request;
import org.openpanelmcp.http.Response;
import org.openpanelmcp.http.Router;

/** Figures in Prometheus' format at {@code /metrics}, for machines of the same network. Safe for several threads. */
public final class Metrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final Histogram queries = Histogram.builder()
            .name("openpanel_query_duration_seconds")
            .help("Time of queries to the event store.")
            .labelNames("outcome")
            .classicUpperBounds(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
            .classicOnly()
            .register(registry);

    public Metrics() {
        gauge("openpanel_heap_used_bytes", "Java heap in use.", () -> {
            var runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        });
    }

    /**
     * A figure that only grows, by one label.
     *
     * @param values by the value of the label
     */
    public Metrics counter(String name, String help, String label, Supplier<Map<String, Long>> values) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(callback -> values.get().forEach((value, count) -> callback.call(count, value)))
                .register(registry);
        return this;
    }

    /** A figure that only grows. */
    public Metrics counter(String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
        return this;
    }

    /** A figure that goes up and down. */
    public Metrics gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
        return this;
    }

    void query(String outcome, long nanos) {
        queries.labelValues(outcome).observe(nanos / 1e9);
    }

    public Router addTo(Router router) {
        return router.add("GET", "/metrics", OriginPolicy.SAME, this::answer);
    }

    private Response answer(Request request) throws IOException {
        if (!isNear(request.clientAddress())) {
            throw new Problem(
                    403,
                    "metrics_are_local",
                    "The metrics are shown to addresses of this machine and of private networks only.");
        }
        var text = new ByteArrayOutputStream();
        writer.write(text, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        return new Response.Whole(
                200, Map.of("Content-Type", PrometheusTextFormatWriter.CONTENT_TYPE), text.toByteArray());
    }

    private static boolean isNear(String address) {
        var parsed = InetAddress.ofLiteral(address);
        // Unique local addresses of IPv6 (fc00::/7) have no method of their own.
        boolean uniqueLocal = parsed.getAddress().length == 16 && (parsed.getAddress()[0] & 0xfe) == 0xfc;
        return parsed.isLoopbackAddress() || parsed.isSiteLocalAddress() || parsed.isLinkLocalAddress() || uniqueLocal;
    }
}
