package org.openpanelmcp.ingest.track;

import io.github.bucket4j.TimeMeter;
import java.io.IOException;
import java.security.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.openpanelmcp.access.FailureLimit;
import org.openpanelmcp.access.SecretVerifier;
import org.openpanelmcp.http.Endpoint;
import org.openpanelmcp.http.OriginPolicy;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.http.Request;
import org.openpanelmcp.http.Response;
import org.openpanelmcp.http.Router;
import org.openpanelmcp.ingest.IngestCounters;
import org.openpanelmcp.ingest.Intake;
import org.openpanelmcp.ingest.enrich.Bots;
import org.openpanelmcp.ingest.enrich.Enrichment;
import org.openpanelmcp.metadata.Metadata;
import tools.jackson.databind.JsonNode;

/** The endpoints that SDKs send to. Safe for several threads. */
public final class TrackEndpoints {
    /** Where trackers send to. */
    public static final String PATH = "/track";

    private final Authentication authentication;
    private final JsonBody bodies = new JsonBody();
    private final CallReader reader;
    private final RetryKeys retries;
    private final EntryMaker maker;
    private final Desk desk;
    private final SentToday sent;
    private final Intake intake;
    private final Bots bots;
    private final Visitor.Trust trust;
    private final IngestCounters counters;
    private final InstantSource clock;

    /**
     * What an operator may set.
     *
     * @param longestAgo how old an event may be
     */
    public record Options(Duration longestAgo, int eventsPerSecond, long eventsPerDay) {}

    /** Who may send. */
    public record Guard(Metadata metadata, SecretVerifier secrets, FailureLimit failures) {}

    public TrackEndpoints(
            Guard guard,
            Enrichment enrichment,
            Intake intake,
            IngestCounters counters,
            Visitor.Trust trust,
            Key key,
            Options options,
            InstantSource clock) {
        this.authentication = new Authentication(guard.metadata(), guard.secrets(), guard.failures());
        this.reader = new CallReader(options.longestAgo());
        this.retries = new RetryKeys(key);
        this.maker = new EntryMaker(enrichment);
        this.intake = intake;
        this.sent = new SentToday(guard.metadata().facts(), clock);
        this.desk = new Desk(
                intake,
                maker,
                new Allowance(
                        options.eventsPerSecond(), options.eventsPerDay(), TimeMeter.SYSTEM_NANOTIME, clock, sent),
                counters);
        this.bots = enrichment.bots();
        this.trust = trust;
        this.counters = counters;
        this.clock = clock;
    }

    /** Adds the routes; every web page may call them, the project says which are listened to. */
    public Router addTo(Router router) {
        var legacy = new LegacyEndpoints(this);
        var imports = new ImportEndpoint(authentication, bodies, retries, desk, clock);
        return router.add("POST", PATH, OriginPolicy.ANY, counted(this::track))
                .add("POST", "/track/batch", OriginPolicy.ANY, counted(this::batch))
                .add("GET", "/track/device-id", OriginPolicy.ANY, counted(this::deviceId))
                .add("POST", "/event", OriginPolicy.ANY, counted(legacy::event))
                .add("POST", "/profile", OriginPolicy.ANY, counted(legacy::profile))
                .add("POST", "/profile/increment", OriginPolicy.ANY, counted(legacy::increment))
                .add("POST", "/profile/decrement", OriginPolicy.ANY, counted(legacy::decrement))
                .add("POST", "/import/events", OriginPolicy.ANY, counted(imports::load));
    }

    /** Writes down what the day's quotas have come to; for now and then, and for the end. */
    public void saveQuotas() {
        sent.save();
    }

    private Endpoint counted(Endpoint endpoint) {
        return request -> {
            try {
                return endpoint.answer(request);
            } catch (Problem refused) {
                counters.refused(refused.code());
                throw refused;
            }
        };
    }

    private Response track(Request request) throws IOException {
        return bodies.read(request, Limits.LARGE_BODY, body -> {
            checkSize(request, body);
            return one(request, body, Answer.JSON, () -> reader.read(body, clock.instant()));
        });
    }

    /** Only a piece of a recorded session may be large. */
    private static void checkSize(Request request, JsonNode body) {
        boolean replay = body.path("type").asStringOpt().orElse("").equals("replay");
        long length = request.header("Content-Length").map(Long::parseLong).orElse(0L);
        if (length > Limits.BODY && !replay) {
            throw Refusal.tooLarge(
                    "The body has %d bytes, at most %d are taken. Send less, or several events to /track/batch."
                            .formatted(length, Limits.BODY));
        }
    }

    /** What makes a call of a body. */
    @FunctionalInterface
    interface Reading {
        Call call();
    }

    /** How a call that was taken is answered. */
    @FunctionalInterface
    interface Answer {
        Answer JSON = (call, taken) -> Response.json(200, JsonBody.bytes(taken.json()));

        Response of(Call call, Outcome.Taken taken);
    }

    /** Takes one call. */
    Response one(Request request, JsonNode body, Answer answer, Reading reading) {
        var sender = authentication.tracker(request, body);
        var visitor = Visitor.of(request, sender.proven(), trust);
        var bot = botAnswer(sender, visitor);
        if (bot.isPresent()) {
            return bot.get();
        }
        var call = reading.call();
        var item = item(sender, visitor, call, RetryKeys.idempotencyKey(request), body);
        var outcome = desk.take(sender, visitor, List.of(item), clock.millis()).getFirst();
        return switch (outcome) {
            case Outcome.Taken taken -> answer.of(call, taken);
            // Counted where it was refused.
            case Outcome.Refused refused -> Response.json(refused.problem().status(), JsonBody.bytes(refused.json()));
        };
    }

    private Optional<Response> botAnswer(Sender sender, Visitor visitor) {
        return sender.proven()
                ? Optional.empty()
                : bots.find(visitor.userAgent()).map(bot -> {
                    counters.bot(bot.type());
                    var json = JsonBody.object();
                    json.putObject("bot").put("name", bot.name()).put("type", bot.type());
                    return Response.json(202, JsonBody.bytes(json));
                });
    }

    private Desk.Item item(Sender sender, Visitor visitor, Call call, String requestKey, JsonNode body) {
        var retry = retries.of(sender, visitor, call, requestKey, body);
        var id = UUID.randomUUID();
        if (call instanceof Call.Track track && !track.id().isEmpty()) {
            id = EventIds.of(sender.projectId(), track.id());
        } else if (retry != null && retry.windowMillis() > RetryKeys.MOMENT) {
            id = EventIds.of(sender.projectId(), retry.key());
        }
        return new Desk.Item(call, retry, id, null);
    }

    private Response batch(Request request) throws IOException {
        return bodies.read(request, Limits.LARGE_BODY, body -> {
            if (!body.isArray() || body.isEmpty() || body.size() > Limits.BATCH_ITEMS) {
                throw Refusal.payload("The body must be an array of 1 to %d objects as /track takes them."
                        .formatted(Limits.BATCH_ITEMS));
            }
            var sender = authentication.tracker(request, null);
            var visitor = Visitor.of(request, sender.proven(), trust);
            return botAnswer(sender, visitor).orElseGet(() -> batch(request, body, sender, visitor));
        });
    }

    private Response batch(Request request, JsonNode body, Sender sender, Visitor visitor) {
        var requestKey = RetryKeys.idempotencyKey(request);
        var now = clock.instant();
        var items = new ArrayList<Desk.Item>();
        for (int i = 0; i < body.size(); i++) {
            try {
                var call = reader.read(body.get(i), now);
                items.add(batchItem(
                        sender, visitor, call, requestKey.isEmpty() ? "" : requestKey + "#" + i, body.get(i)));
            } catch (Problem refused) {
                items.add(Desk.Item.refused(refused));
            }
        }
        var answer = JsonBody.object();
        var results = answer.putArray("results");
        int accepted = 0;
        for (var outcome : desk.take(sender, visitor, items, now.toEpochMilli())) {
            var result = outcome.json();
            if (outcome instanceof Outcome.Refused refused) {
                result.put("status", refused.problem().status());
            } else {
                result.put("status", 200);
                accepted++;
            }
            results.add(result);
        }
        answer.put("accepted", accepted).put("refused", items.size() - accepted);
        return Response.json(200, JsonBody.bytes(answer));
    }

    /** Two alike in one batch without id and time are two: nothing says that one repeats the other. */
    private Desk.Item batchItem(Sender sender, Visitor visitor, Call call, String requestKey, JsonNode body) {
        var item = item(sender, visitor, call, requestKey, body);
        var retry = item.retry();
        return retry != null && retry.windowMillis() == RetryKeys.MOMENT
                ? new Desk.Item(call, null, item.id(), null)
                : item;
    }

    private Response deviceId(Request request) {
        var sender = authentication.tracker(request, null);
        var visitor = Visitor.of(request, sender.proven(), trust);
        if (visitor.userAgent().isEmpty()) {
            throw Refusal.payload("The header User-Agent is missing: a device is known by it and by its address.");
        }
        var devices = maker.devices(sender, visitor);
        var found = intake.whoIs(sender.projectId(), devices);
        var message = found.sessionId().isEmpty()
                ? "no live session"
                : found.deviceId().equals(devices.getFirst())
                        ? "live session, with the salt of today"
                        : "live session, with the salt of yesterday";
        return Response.json(
                200,
                JsonBody.bytes(JsonBody.object()
                        .put("deviceId", found.deviceId())
                        .put("sessionId", found.sessionId())
                        .put("message", message)));
    }

    JsonBody bodies() {
        return bodies;
    }

    CallReader reader() {
        return reader;
    }

    InstantSource clock() {
        return clock;
    }
}
