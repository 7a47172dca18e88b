package org.openpanelmcp.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.openpanelmcp.cli.CommandFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code bench}: asks a running server each tool's question many times and prints how long the answers took. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = IngestBench.class,
        description = {
            "Measures a running server from outside: each tool's answer times over HTTP, and ping with many connections.",
            "Every call asks for other days, so that no answer is a repeated one. Start the server with"
                    + " --mcp-rate-limit 0."
        })
public final class BenchCommand implements Callable<Integer> {
    private static final byte[] PING = bytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec
    private CommandSpec spec;

    @Option(names = "--url", description = "MCP address (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:3333/mcp");

    @Option(names = "--token", description = "MCP token of a read client.")
    private String token = "";

    @Option(names = "--calls", description = "Measured calls per question (default: ${DEFAULT-VALUE}).")
    private int calls = 40;

    @Option(names = "--connections", description = "Connections that ping at once (default: ${DEFAULT-VALUE}).")
    private int connections = 16;

    @Option(names = "--seconds", description = "How long they ping (default: ${DEFAULT-VALUE}).")
    private int seconds = 5;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    public BenchCommand() {}

    @Override
    public Integer call() {
        if (token.isEmpty()) {
            throw new CommandFailure("Give --token: the MCP token of a read client.");
        }
        var out = spec.commandLine().getOut();
        try (var connection = Connection.toTools(url, token)) {
            var project = project(connection);
            out.printf("%-34s %9s %9s %9s %9s%n", "QUESTION", "MEDIAN ms", "P90 ms", "MAX ms", "BYTES");
            var questions = new ArrayList<>(Question.all());
            questions.addAll(aboutOne(connection));
            for (var question : questions) {
                measure(connection, question, lastDay(project), out);
            }
            out.printf("%ntools/list: %,d bytes%n", connection.post(bytes(message("tools/list", "{}"))).length);
            out.printf("ping: %,d requests/s with %d connections%n", pings() / seconds, connections);
        } catch (IOException failure) {
            throw new CommandFailure(
                    "The server at %s did not answer: %s".formatted(url, failure.getMessage()), failure);
        }
        return CommandLine.ExitCode.OK;
    }

    private static JsonNode project(Connection connection) throws IOException {
        var projects = ask(connection, "list_projects", "{}").get("projects");
        if (projects.isEmpty()) {
            throw new CommandFailure("This token opens no project.");
        }
        return projects.get(0);
    }

    /** About the person with most sessions and the newest group, where the project has any. */
    private static List<Question> aboutOne(Connection connection) throws IOException {
        var questions = new ArrayList<Question>();
        var busiest = "{\"people\":\"identified\",\"sortBy\":\"sessions\",\"limit\":1}";
        for (var person : ask(connection, "find_profiles", busiest).get("rows")) {
            for (var tool : List.of("get_profile", "get_profile_sessions", "get_profile_metrics")) {
                questions.add(new Question(tool, tool, 0, ",\"profileId\":" + person.get("id")));
            }
        }
        for (var group : ask(connection, "find_groups", "{\"limit\":1}").get("rows")) {
            questions.add(new Question("get_group", "get_group", 30, ",\"groupId\":" + group.get("id")));
        }
        return questions;
    }

    private static LocalDate lastDay(JsonNode project) {
        var last = project.get("lastEventAt");
        if (last == null || last.isNull()) {
            throw new CommandFailure("The project " + project.get("id") + " has no events to ask about.");
        }
        return OffsetDateTime.parse(last.stringValue()).toLocalDate();
    }

    private void measure(Connection connection, Question question, LocalDate lastDay, PrintWriter out)
            throws IOException {
        var millis = new double[calls];
        long bytes = 0;
        int warmUp = Math.max(5, calls / 4);
        for (int i = -warmUp; i < calls; i++) {
            var request = bytes(message("tools/call", question.call(lastDay, i + warmUp)));
            long started = System.nanoTime();
            var answer = connection.post(request);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - started) / 1e6;
                bytes = answer.length;
            }
            if (i == -warmUp) {
                structured(answer);
            }
        }
        Arrays.sort(millis);
        out.printf(
                "%-34s %9.1f %9.1f %9.1f %,9d%n",
                question.name(), millis[calls / 2], millis[calls * 9 / 10], millis[calls - 1], bytes);
        out.flush();
    }

    private long pings() throws IOException {
        var running = new ArrayList<Future<Long>>();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            for (int i = 0; i < connections; i++) {
                running.add(threads.submit(this::pingUntilOver));
            }
            long total = 0;
            for (var one : running) {
                total += one.get();
            }
            return total;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted.", interrupted);
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        }
    }

    /** One second of warm-up, then counts. */
    private long pingUntilOver() throws IOException {
        try (var connection = Connection.toTools(url, token)) {
            pingFor(connection, Duration.ofSeconds(2));
            return pingFor(connection, Duration.ofSeconds(seconds));
        }
    }

    private static long pingFor(Connection connection, Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        long count = 0;
        while (System.nanoTime() < end) {
            connection.post(PING);
            count++;
        }
        return count;
    }

    private static JsonNode ask(Connection connection, String tool, String arguments) throws IOException {
        var params = "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}";
        return structured(connection.post(bytes(message("tools/call", params))));
    }

    private static JsonNode structured(byte[] answer) {
        var result = JSON.readTree(answer).path("result");
        if (result.path("isError").asBoolean(false) || result.get("structuredContent") == null) {
            throw new CommandFailure("A question was refused: " + new String(answer, StandardCharsets.UTF_8));
        }
        return result.get("structuredContent");
    }

    private static String message(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A question whose days move from call to call. */
    record Question(String name, String tool, int days, String arguments) {
        static List<Question> all() {
            return List.of(
                    new Question("list_projects", "list_projects", 0, ""),
                    new Question("list_event_names", "list_event_names", 30, ""),
                    new Question("list_event_names, 90 days", "list_event_names", 90, ""),
                    new Question("list_event_properties", "list_event_properties", 30, ""),
                    new Question("get_event_property_values", "get_event_property_values", 30, TITLES),
                    new Question("query_events", "query_events", 30, ""),
                    new Question("query_events, filtered", "query_events", 30, ",\"country\":\"SE\",\"limit\":100"),
                    new Question("query_sessions", "query_sessions", 30, ""),
                    new Question("query_sessions, filtered", "query_sessions", 30, FILTERED),
                    new Question("find_profiles", "find_profiles", 0, ""),
                    new Question("find_profiles, by property", "find_profiles", 0, ",\"country\":\"SE\""),
                    new Question("find_profiles, by event", "find_profiles", 30, PERFORMED),
                    new Question("find_profiles, by sessions", "find_profiles", 0, ",\"sortBy\":\"sessions\""),
                    new Question("list_group_types", "list_group_types", 0, ""),
                    new Question("find_groups", "find_groups", 0, ""),
                    new Question("get_analytics_overview", "get_analytics_overview", 30, ""),
                    new Question("get_analytics_overview, compared", "get_analytics_overview", 30, COMPARED),
                    new Question("get_analytics_overview, filtered", "get_analytics_overview", 30, FILTERED),
                    new Question("get_analytics_overview, 90 days", "get_analytics_overview", 90, ""),
                    new Question("get_rolling_active_users, 1", "get_rolling_active_users", 30, ",\"days\":1"),
                    new Question("get_rolling_active_users, 30", "get_rolling_active_users", 30, ",\"days\":30"),
                    new Question("get_engagement_metrics", "get_engagement_metrics", 30, ""),
                    new Question("get_engagement_metrics, compared", "get_engagement_metrics", 30, COMPARED),
                    new Question("get_weekly_retention_series", "get_weekly_retention_series", 90, ""),
                    new Question("get_retention_cohort", "get_retention_cohort", 90, ""),
                    new Question("get_retention_cohort, on", "get_retention_cohort", 90, ",\"criterion\":\"on\""),
                    new Question("get_user_last_seen_distribution", "get_user_last_seen_distribution", 0, ""),
                    new Question("get_top_pages", "get_top_pages", 30, ""),
                    new Question("get_top_pages, compared", "get_top_pages", 30, COMPARED),
                    new Question("get_top_pages, 90 days", "get_top_pages", 90, ""),
                    new Question("get_page_performance", "get_page_performance", 30, ""),
                    new Question("get_entry_exit_pages", "get_entry_exit_pages", 30, ",\"mode\":\"entry\""),
                    new Question("get_top_referrers", "get_top_referrers", 30, ""),
                    new Question("get_top_referrers, campaigns", "get_top_referrers", 30, CAMPAIGNS),
                    new Question("get_device_breakdown", "get_device_breakdown", 30, ""),
                    new Question("get_user_flow", "get_user_flow", 30, FLOW),
                    new Question("get_user_flow, pages", "get_user_flow", 30, FLOW + PAGES),
                    new Question("get_country_breakdown", "get_country_breakdown", 30, ""),
                    new Question("get_country_breakdown, cities", "get_country_breakdown", 30, CITIES),
                    new Question("get_funnel, 4 steps", "get_funnel", 30, BUYING),
                    new Question("get_funnel, people, 3 steps", "get_funnel", 30, BUYING_PEOPLE),
                    new Question("get_funnel, in detail", "get_funnel", 30, BUYING_DETAIL),
                    new Question("get_page_conversions", "get_page_conversions", 30, SIGN_UPS),
                    new Question("get_page_conversions, last", "get_page_conversions", 30, LAST_PAGES),
                    new Question("query_metrics, days", "query_metrics", 30, METRICS_BY_DAY),
                    new Question("query_metrics, rates by campaign", "query_metrics", 30, METRICS_BY_CAMPAIGN),
                    new Question("query_metrics, readers who signed up", "query_metrics", 30, METRICS_OF_READERS),
                    new Question("query_metrics, by company", "query_metrics", 30, METRICS_BY_COMPANY),
                    new Question("list_people, funnel", "list_people", 30, BEHIND_FUNNEL),
                    new Question("list_people, last seen", "list_people", 0, BEHIND_LAST_SEEN),
                    new Question("list_people, breakdown", "list_people", 30, BEHIND_COUNTRY));
        }

        private static final String COMPARED = ",\"compare\":\"previous_period\"";
        private static final String FILTERED = ",\"filters\":{\"path\":\"/product*\",\"device\":\"mobile\"}";
        private static final String CAMPAIGNS = ",\"breakdown\":\"utm_campaign\"";
        private static final String TITLES = ",\"propertyKey\":\"__title\"";
        private static final String FLOW = ",\"startEvent\":\"session_start\"";
        private static final String PAGES = ",\"label\":\"page\"";
        private static final String BUYING = ",\"steps\":[\"session_start\",\"add_to_cart\",\"checkout\",\"purchase\"]";
        private static final String BUYING_PEOPLE =
                ",\"steps\":[\"screen_view\",\"add_to_cart\",\"purchase\"],\"groupBy\":\"profile_id\"";
        private static final String BUYING_DETAIL =
                BUYING + ",\"breakdown\":\"country\",\"interval\":\"day\",\"exclude\":[\"exception\"]";
        private static final String SIGN_UPS = ",\"conversionEvent\":\"sign_up\"";
        private static final String LAST_PAGES = SIGN_UPS + ",\"attribution\":\"last\",\"windowHours\":168";
        private static final String METRICS_BY_DAY =
                ",\"measures\":[\"sessions\",\"events(sign_up)\"],\"groupBy\":[\"day\"]";
        private static final String METRICS_BY_CAMPAIGN =
                ",\"measures\":[\"revenue_per_session\",\"conversion_rate(purchase)\"],\"groupBy\":[\"utm_campaign\"]";
        private static final String METRICS_OF_READERS =
                ",\"measures\":[\"people(screen_view)\"],\"groupBy\":[\"path\"],"
                        + "\"filters\":{\"path\":\"/blog/*\"},\"laterInSession\":[\"sign_up\"]";
        private static final String METRICS_BY_COMPANY =
                ",\"measures\":[\"revenue\",\"events(purchase)\"],\"groupBy\":[\"group.name\"]";
        /** Stands for the dates where they belong to the arguments of another tool. */
        private static final String DATES = "DATES";

        private static final String BEHIND_FUNNEL =
                ",\"step\":2,\"dropped\":true,\"tool\":\"get_funnel\",\"arguments\":{" + DATES + BUYING_PEOPLE + "}";
        private static final String BEHIND_LAST_SEEN = ",\"figure\":\"inactive_31_to_60_days\","
                + "\"tool\":\"get_user_last_seen_distribution\",\"arguments\":{}";
        private static final String BEHIND_COUNTRY =
                ",\"row\":{\"name\":\"SE\"},\"tool\":\"get_country_breakdown\",\"arguments\":{" + DATES + "}";
        private static final String PERFORMED = ",\"performedEvent\":\"screen_view\",\"minPerformed\":5";
        private static final String CITIES = ",\"breakdown\":\"city\"";

        String call(LocalDate lastDay, int number) {
            var end = lastDay.minusDays(number % 20);
            var dates = days == 0
                    ? ""
                    : "\"startDate\":\"" + end.minusDays(days - 1L) + "\",\"endDate\":\"" + end + "T23:59:59."
                            + (100 + number % 800) + "\"";
            boolean nested = arguments.contains(DATES);
            var first = nested ? "" : dates;
            var rest = nested ? arguments.replace(DATES, dates) : arguments;
            var more = first.isEmpty() && !rest.isEmpty() ? rest.substring(1) : rest;
            return "{\"name\":\"" + tool + "\",\"arguments\":{" + first + more + "}}";
        }
    }
}
