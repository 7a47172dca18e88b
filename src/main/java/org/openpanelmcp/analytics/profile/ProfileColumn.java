package org.openpanelmcp.analytics.profile;

import org.openpanelmcp.analytics.RawColumn;
import org.openpanelmcp.query.Sql;

/** The columns of a profile, in OpenPanel's order, and the number of its sessions. */
public enum ProfileColumn implements RawColumn {
    ID(Kind.TEXT),
    FIRST_NAME(Kind.TEXT),
    LAST_NAME(Kind.TEXT),
    EMAIL(Kind.TEXT),
    AVATAR(Kind.TEXT),
    PROPERTIES(Kind.MAP),
    PROJECT_ID(Kind.TEXT),
    IS_EXTERNAL(Kind.TRUTH),
    CREATED_AT(Kind.TIME),
    LAST_SEEN_AT(Kind.TIME),
    GROUPS(Kind.TEXTS),
    SESSIONS(Kind.WHOLE);

    /** The stored columns, for a select list. */
    static final Sql STORED = Sql.of("""
            id, first_name, last_name, email, avatar, properties, project_id, is_external, created_at, last_seen_at,
            groups""");

    private final Kind kind;

    ProfileColumn(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
