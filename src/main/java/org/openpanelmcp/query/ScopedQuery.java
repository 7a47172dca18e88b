package org.openpanelmcp.query;

/**
 * A whole query of one project. There is no other way to ask the event store. SQL that reads no project's table, or
 * another project's, is refused.
 */
public record ScopedQuery(ProjectScope scope, Sql sql) {
    public ScopedQuery {
        if (sources(scope, sql) == 0) {
            throw new IllegalArgumentException("the query reads no table of a project");
        }
    }

    private static int sources(ProjectScope scope, Sql sql) {
        int count = 0;
        for (var part : sql.parts()) {
            if (part instanceof Sql.Source source) {
                if (!source.scope().equals(scope)) {
                    throw new IllegalArgumentException("the query reads a table of another project");
                }
                count += 1 + sources(scope, source.inner());
            }
        }
        return count;
    }
}
