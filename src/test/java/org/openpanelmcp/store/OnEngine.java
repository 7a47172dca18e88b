package org.openpanelmcp.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.ScopedQuery;
import org.openpanelmcp.query.Sql;

/** One engine for the tests of a class, each with a project of its own, and short ways to ask it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OnEngine {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");

    TestEngine engine;
    Dialect dialect;
    ProjectScope scope;
    private int tests;

    /** Starts the engine with its files, if it has any, in the folder. */
    protected abstract TestEngine start(Path folder, int concurrency);

    @BeforeAll
    void open(@TempDir Path folder) {
        engine = start(folder, 2);
        dialect = engine.store().dialect();
    }

    /** One engine serves all tests: each has a project of its own. */
    @BeforeEach
    void takeProject() {
        scope = new ProjectScope("acme", "project-" + tests++, ZoneOffset.UTC);
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @FunctionalInterface
    interface OnPath {
        Sql of(Sql path);
    }

    boolean truthOf(String path, OnPath condition) throws QueryFailure {
        event(Map.of("path", path));
        return truth(condition.of(Sql.of("path")));
    }

    boolean truth(Sql condition) throws QueryFailure {
        return whole(Sql.template("case when {x} then 1 else 0 end")
                        .put("x", condition)
                        .sql())
                == 1;
    }

    long whole(Sql expression) throws QueryFailure {
        return one(expression, row -> row.whole("answer"));
    }

    OptionalDouble fraction(Sql expression) throws QueryFailure {
        return one(expression, row -> row.fraction("answer"));
    }

    Optional<Instant> instant(Sql expression) throws QueryFailure {
        return one(expression, row -> row.instant("answer"));
    }

    String text(Sql expression) throws QueryFailure {
        return one(expression, row -> row.optionalText("answer").orElse("null"));
    }

    <T> T one(Sql expression, RowMapper<T> mapper) throws QueryFailure {
        var sql = Sql.template("select {x} as answer from {events}")
                .put("x", expression)
                .put("events", dialect.events(scope))
                .sql();
        return run(sql, mapper).getFirst();
    }

    List<String> column(String column, Sql table) throws QueryFailure {
        return run(Sql.template("select * from {table}").put("table", table).sql(), row -> row.text(column));
    }

    List<String> texts(Sql sql) throws QueryFailure {
        return run(sql, row -> row.optionalText("answer").orElse("null"));
    }

    <T> List<T> run(Sql sql, RowMapper<T> mapper) throws QueryFailure {
        return engine.store().query(new ScopedQuery(scope, sql), mapper, Budget.uncancelled(Duration.ofMinutes(1)));
    }

    void event(Map<String, Object> columns) {
        engine.insert("events", List.of(columns(columns)));
    }

    Map<String, Object> columns(Map<String, Object> some) {
        var all = new HashMap<String, Object>(
                Map.of("project_id", scope.projectId(), "name", "view", "created_at", NOON));
        all.putAll(some);
        return all;
    }
}
