package org.openpanelmcp.store.duckdb;

import com.google.errorprone.annotations.CompileTimeConstant;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;

/** How DuckDB says it. */
public final class DuckDbDialect implements Dialect {
    @Override
    public Sql events(ProjectScope scope) {
        return source(scope, "(select * from events where project_id = {project})");
    }

    @Override
    public Sql sessions(ProjectScope scope) {
        return source(scope, "(select * from sessions where project_id = {project})");
    }

    @Override
    public Sql profiles(ProjectScope scope) {
        // Leaving the old versions out by row keeps conditions on wide columns (properties) next to the table: looking
        // for the latest version of whole rows took eight times longer. Few profiles have old versions at a time.
        return source(scope, """
                (select * from profiles where project_id = {project} and rowid not in (
                   select profile_row from (
                     select rowid as profile_row,
                            row_number() over (partition by id order by last_seen_at desc, rowid desc) as place
                     from profiles where project_id = {project} and id in (
                       select id from profiles where project_id = {project} group by id having count(*) > 1)) as versions
                   where place > 1))""");
    }

    @Override
    public Sql profiles(ProjectScope scope, Sql ids) {
        return Sql.source(
                scope,
                Sql.template("""
                        (select * from profiles where project_id = {project} and id in ({ids})
                         qualify row_number() over (partition by id order by last_seen_at desc, rowid desc) = 1)""")
                        .bind("project", scope.projectId())
                        .put("ids", ids)
                        .sql());
    }

    @Override
    public Sql groups(ProjectScope scope) {
        return source(scope, """
                (select * from (
                   select * from groups where project_id = {project}
                   qualify row_number() over (partition by id order by version desc) = 1)
                 where deleted = 0)""");
    }

    private static Sql source(ProjectScope scope, @CompileTimeConstant String text) {
        return Sql.source(
                scope, Sql.template(text).bind("project", scope.projectId()).sql());
    }

    @Override
    public Sql bit(Sql place) {
        return one("(cast(1 as bigint) << {x})", place);
    }

    @Override
    public Sql bitsOfAny(Sql expression) {
        return one("bit_or({x})", expression);
    }

    @Override
    public Sql bitsOfEither(Sql left, Sql right) {
        return two("({x} | {y})", left, right);
    }

    @Override
    public Sql bitsOfBoth(Sql left, Sql right) {
        return two("({x} & {y})", left, right);
    }

    @Override
    public Sql countBits(Sql number) {
        return one("cast(bit_count({x}) as bigint)", number);
    }

    @Override
    public Sql epochMillis(Sql timestamp) {
        // The engine's epoch_ms takes several times longer. What is stored has whole milliseconds.
        return one("(epoch_us({x}) // 1000)", timestamp);
    }

    @Override
    public Sql monthIndex(Sql millis) {
        return Sql.template("(year(make_timestamp_ms({x})) * 12 + month(make_timestamp_ms({x})) - 1)")
                .put("x", millis)
                .sql();
    }

    @Override
    public Sql divideWhole(Sql dividend, Sql divisor) {
        return two("({x} // {y})", dividend, divisor);
    }

    @Override
    public Sql property(Sql map, Sql key) {
        return two("coalesce({x}[{y}], '')", map, key);
    }

    @Override
    public Sql hasProperty(Sql map, Sql key) {
        return two("map_contains({x}, {y})", map, key);
    }

    @Override
    public Sql eachKey(Sql map) {
        return one("unnest(map_keys({x}))", map);
    }

    @Override
    public Sql eachElement(Sql list) {
        return one("unnest({x})", list);
    }

    @Override
    public Sql size(Sql list) {
        return one("len({x})", list);
    }

    @Override
    public Sql ofLatest(Sql expression, Sql by) {
        return two("arg_max({x}, {y})", expression, by);
    }

    @Override
    public Sql ofEarliest(Sql expression, Sql by) {
        return two("arg_min({x}, {y})", expression, by);
    }

    @Override
    public Sql countIf(Sql condition) {
        return one("count(*) filter (where {x})", condition);
    }

    @Override
    public Sql sumIf(Sql expression, Sql condition) {
        return two("coalesce(sum({x}) filter (where {y}), 0)", expression, condition);
    }

    @Override
    public Sql averageIf(Sql expression, Sql condition) {
        return two("avg({x}) filter (where {y})", expression, condition);
    }

    @Override
    public Sql sum(Sql expression) {
        return one("coalesce(sum({x}), 0)", expression);
    }

    @Override
    public Sql max(Sql expression) {
        return one("max({x})", expression);
    }

    @Override
    public Sql median(Sql expression) {
        return one("quantile_cont({x}, 0.5)", expression);
    }

    @Override
    public Sql percentile90(Sql expression) {
        return one("quantile_cont({x}, 0.9)", expression);
    }

    @Override
    public Sql fingerprint(Sql first, Sql second) {
        return two("cast(hash({x}, {y}) >> 1 as bigint)", first, second);
    }

    @Override
    public Sql any(Sql expression) {
        return one("any_value({x})", expression);
    }

    @Override
    public Sql countDistinct(Sql expression) {
        return one("count(distinct {x})", expression);
    }

    @Override
    public Sql like(Sql text, Sql pattern) {
        return two("({x} like {y} escape '\\')", text, pattern);
    }

    @Override
    public Sql likeIgnoringCase(Sql text, Sql pattern) {
        return two("({x} ilike {y} escape '\\')", text, pattern);
    }

    @Override
    public Sql editDistance(Sql left, Sql right) {
        return two("levenshtein({x}, {y})", left, right);
    }

    @Override
    public Sql matches(Sql text, Sql expression) {
        return two("regexp_matches({x}, '(?-s)' || {y})", text, expression);
    }

    @Override
    public Sql length(Sql text) {
        return one("length({x})", text);
    }

    @Override
    public Sql number(Sql text) {
        return Sql.template("case when isfinite(try_cast(trim({x}) as double)) then try_cast(trim({x}) as double) end")
                .put("x", text)
                .sql();
    }

    @Override
    public Sql contains(Sql list, Sql value) {
        return two("list_contains({x}, {y})", list, value);
    }

    @Override
    public Sql epochDay(Sql date) {
        return one("date_diff('day', date '1970-01-01', {x})", date);
    }

    private static Sql one(@CompileTimeConstant String text, Sql x) {
        return Sql.template(text).put("x", x).sql();
    }

    private static Sql two(@CompileTimeConstant String text, Sql x, Sql y) {
        return Sql.template(text).put("x", x).put("y", y).sql();
    }
}
