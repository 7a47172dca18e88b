package org.openpanelmcp.tool;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.access.Access;
import org.openpanelmcp.access.Resolution;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.RangeReader;
import org.openpanelmcp.query.ScopedQuery;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.Budget;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.RowMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One running call: who asks, the projects that this opens, the store within the call's budget, the clock. The only way
 * for a tool to get a {@link ProjectScope}. Used by the one thread of the call.
 */
public final class ToolCall {
    private static final String PEOPLE_TOOL = "list_people";

    private final ToolServices services;
    private final Caller caller;
    private final Budget budget;
    private final Cursors.Question question;
    private final CallRecord record;
    private final @Nullable Instant horizon;
    /** Shared with the same call at another time. */
    private final AtomicReference<@Nullable ListPlace> list;

    ToolCall(ToolServices services, Caller caller, Budget budget, Cursors.Question question, CallRecord record) {
        this(services, caller, budget, question, record, new AtomicReference<>(), null);
    }

    private ToolCall(
            ToolServices services,
            Caller caller,
            Budget budget,
            Cursors.Question question,
            CallRecord record,
            AtomicReference<@Nullable ListPlace> list,
            @Nullable Instant horizon) {
        this.record = record;
        this.services = services;
        this.caller = caller;
        this.budget = budget;
        this.question = question;
        this.list = list;
        this.horizon = horizon;
    }

    public Access access() {
        return caller.access();
    }

    /** Whether the address that was called offers the tool. */
    public boolean offers(String tool) {
        return caller.selection().has(tool);
    }

    /**
     * The same call with the clock of the questions stopped.
     *
     * @param end where ranges that reach further are cut; null when they are not
     */
    public ToolCall asOf(Instant now, @Nullable Instant end) {
        return new ToolCall(services.asOf(now), caller, budget, question, record, list, end);
    }

    /**
     * The arguments of another tool, read as that tool reads them.
     *
     * @throws ToolProblem naming every argument that needs a change
     */
    public <I extends Record> I read(Class<I> input, ObjectNode arguments) {
        return InputReader.read(input, arguments);
    }

    /**
     * The question of a handle.
     *
     * @throws BadValue when it was not given to this client, or is too old
     */
    public PastQuestion open(String handle) throws BadValue {
        return services.handles().read(access().clientId(), handle);
    }

    /**
     * The project that the call is about.
     *
     * @throws ToolProblem when the caller must name one, or has none of that name; the same answer for unknown, foreign
     *     and deleted ones
     */
    public ProjectScope project(ProjectArgument argument) {
        var scope = resolved(argument);
        record.project(scope.projectId());
        return scope;
    }

    private ProjectScope resolved(ProjectArgument argument) {
        return switch (services.tenancy().resolve(access(), argument.id())) {
            case Resolution.Found found -> found.scope();
            case Resolution.MustName mustName ->
                throw new ToolProblem(
                        ToolProblem.Code.PROJECT_REQUIRED,
                        "This credential opens every project of its organization: name one as projectId.",
                        "Projects: " + shortList(mustName.available()) + ". list_projects tells more.");
            case Resolution.NotFound notFound ->
                throw new ToolProblem(
                        ToolProblem.Code.NOT_FOUND,
                        "This credential opens no project \"" + notFound.requested() + "\".",
                        (notFound.nearest().isEmpty() ? "" : "Nearest: " + String.join(", ", notFound.nearest()) + ". ")
                                + "list_projects gives the ids that it opens.");
        };
    }

    private static String shortList(List<String> ids) {
        return ids.size() <= 20
                ? String.join(", ", ids)
                : String.join(", ", ids.subList(0, 20)) + " and " + (ids.size() - 20) + " more";
    }

    /** All projects that the caller may read. */
    public List<Project> projects() {
        return services.tenancy().visible(access());
    }

    /** The scope of one of {@link #projects()}. */
    public ProjectScope scope(Project project) {
        return resolved(new ProjectArgument(project.id()));
    }

    public Dialect dialect() {
        return services.store().dialect();
    }

    /** Runs a query within what is left of this call's budget. */
    public <T> List<T> query(ProjectScope scope, Sql sql, RowMapper<T> mapper) throws QueryFailure {
        return services.store().query(new ScopedQuery(scope, sql), mapper, budget);
    }

    /** A query that gives exactly one row. */
    public <T> T one(ProjectScope scope, Sql sql, RowMapper<T> mapper) throws QueryFailure {
        return query(scope, sql, mapper).getFirst();
    }

    /** The clock of the questions, which {@code serve --now} can fix. */
    public Clock clock() {
        return services.clock();
    }

    public Instant now() {
        return services.clock().instant();
    }

    /** The version of the stored data: what was computed for it stays true for it. */
    public long dataVersion() {
        return services.store().version();
    }

    /** The range of the call: the one in the cursor of a later page, else the one that the dates name. */
    public Page page(ProjectScope scope, Dates dates, @Nullable String cursor) throws BadValue {
        if (cursor == null) {
            return new Page(range(scope, dates), List.of());
        }
        var read = services.cursors().read(question, cursor);
        return new Page(new TimeRange(read.start(), read.end(), scope.zone()), read.position());
    }

    public TimeRange range(ProjectScope scope, Dates dates) throws BadValue {
        var range = new RangeReader(scope.zone(), clock()).read(dates.startDate(), dates.endDate());
        return horizon == null ? range : cut(range, horizon);
    }

    private static TimeRange cut(TimeRange range, Instant end) {
        return range.end().isAfter(end) && !range.start().isAfter(end)
                ? new TimeRange(range.start(), end, range.zone())
                : range;
    }

    /** What a page of a list covers, and after which position it begins; no position means the first page. */
    public record Page(TimeRange range, List<String> after) {
        /** For lists that are paged by number: how many rows came before. */
        public int offset() {
            return after.isEmpty() ? 0 : Integer.parseInt(after.getFirst());
        }
    }

    /** The cursor of the page that begins after {@code position}. */
    public String cursor(TimeRange range, List<String> position) {
        return services.cursors().write(question, range, position);
    }

    /** Begins the {@code meta} of an answer about one project. */
    public MetaBuilder meta(ProjectScope scope, String definition) throws QueryFailure {
        var dashboard = services.dashboard().of(scope).map(Dashboard.Pages::overview);
        return new MetaBuilder(this, scope, definition, freshness(scope).orElse(null), dashboard.orElse(null));
    }

    /** How long the answer may be, about. */
    int mostTokens() {
        return services.mostTokens();
    }

    /** The list of the answer that a cursor leads through. */
    Optional<ListPlace> list() {
        return Optional.ofNullable(list.get());
    }

    /** The time of the newest event stored. */
    public Optional<Instant> freshness(ProjectScope scope) throws QueryFailure {
        return services.freshness().of(scope, this);
    }

    /** The pages of a dashboard on this project; none when the server knows no dashboard. */
    public Optional<Dashboard.Pages> dashboard(ProjectScope scope) {
        return services.dashboard().of(scope);
    }

    /** Whether the project has a saved thing of that kind, such as {@code dashboards}. */
    public boolean hasCatalogEntry(ProjectScope scope, String kind, String id) {
        return services.catalog()
                .find(kind, id)
                .filter(entry -> entry.projectId().equals(scope.projectId()))
                .isPresent();
    }

    /** Something about a project that is true or not. */
    @FunctionalInterface
    public interface Fact {
        boolean ask() throws QueryFailure;
    }

    /**
     * A fact that may be a minute old; for warnings, never for figures.
     *
     * @param fact names the question
     */
    public boolean remembered(ProjectScope scope, String fact, Fact question) throws QueryFailure {
        return services.remembered().of(scope, fact, question);
    }

    /** Collects what an answer says about itself. Used by one thread. */
    public static final class MetaBuilder {
        private static final String TOO_LONG = "The arguments are too long for a handle. To see who is behind a number,"
                + " pass them to list_people as tool and arguments.";

        private final ToolCall call;
        private final ProjectScope scope;
        private final String definition;
        private final @Nullable Instant freshness;
        private final @Nullable String dashboard;
        private final List<String> warnings = new ArrayList<>();
        private @Nullable TimeRange range;
        private @Nullable TimeRange compared;
        private @Nullable Boolean truncated;
        private @Nullable String nextCursor;
        private @Nullable Long total;
        private boolean people;

        private MetaBuilder(
                ToolCall call,
                ProjectScope scope,
                String definition,
                @Nullable Instant freshness,
                @Nullable String dashboard) {
            this.call = call;
            this.scope = scope;
            this.definition = definition;
            this.freshness = freshness;
            this.dashboard = dashboard;
        }

        public MetaBuilder range(TimeRange measured) {
            this.range = measured;
            return this;
        }

        public MetaBuilder comparedWith(TimeRange earlier) {
            this.compared = earlier;
            return this;
        }

        /** Says how long the whole list is, and how to get the rest when this is not all. */
        public MetaBuilder list(ListPlace place) {
            call.list.set(place);
            this.total = place.total();
            this.truncated = place.more();
            this.nextCursor = place.nextCursor(call);
            return this;
        }

        /** Says how long the whole list is when the rest of it has no page of its own. */
        public MetaBuilder cutList(long rowsInAll, int shown) {
            this.total = rowsInAll;
            this.truncated = shown < rowsInAll;
            return this;
        }

        /** Says that {@code list_people} can tell who is behind the numbers: gives the handle, for those who can use it. */
        public MetaBuilder people() {
            this.people = call.offers(PEOPLE_TOOL);
            return this;
        }

        private @Nullable String handle() {
            if (!people) {
                return null;
            }
            var handle = call.services.handles().write(call.access().clientId(), pastQuestion());
            if (handle.isEmpty()) {
                warnings.add(TOO_LONG);
            }
            return handle.orElse(null);
        }

        /** An unfinished range ends now, or with the newest event when that lies in the future. */
        private PastQuestion pastQuestion() {
            var arguments = call.question.withoutPage();
            arguments.remove(ProjectArgument.NAME);
            if (range != null) {
                var now = call.now();
                var frozen = cut(range, freshness == null || freshness.isBefore(now) ? now : freshness);
                arguments.put("startDate", written(frozen.startHere()));
                arguments.put("endDate", written(frozen.endHere()));
            }
            return new PastQuestion(call.question.tool(), scope.projectId(), call.now(), arguments);
        }

        /** With an offset that can be read again: some were not of whole minutes once. */
        private static String written(OffsetDateTime time) {
            boolean wholeMinutes = time.getOffset().getTotalSeconds() % 60 == 0;
            return (wholeMinutes ? time : time.withOffsetSameInstant(ZoneOffset.UTC)).toString();
        }

        public MetaBuilder warn(String warning) {
            warnings.add(warning);
            return this;
        }

        public MetaBuilder warn(List<String> several) {
            warnings.addAll(several);
            return this;
        }

        public Meta build() {
            var now = call.now();
            if (range != null && range.end().isAfter(now) && !range.start().isAfter(now)) {
                warnings.add("The range is not over yet: its figures still grow.");
            }
            var handle = handle();
            return new Meta(
                    scope.projectId(),
                    scope.zone().getId(),
                    range == null ? null : Meta.Range.of(range),
                    compared == null ? null : Meta.Range.of(compared),
                    definition,
                    Meta.here(freshness, scope.zone()),
                    dashboard,
                    truncated,
                    nextCursor,
                    total,
                    handle,
                    warnings);
        }
    }
}
