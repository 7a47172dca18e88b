package org.openpanelmcp.transfer;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Ids of imported events: the file's when it is a UUID, else a name-based one (RFC 9562, version 5) made from project and
 * id, or from project and content when there is no id. So the same file gives the same ids every time.
 */
final class EventIds {
    /** SQL over the columns of an incoming event, whose {@code id} is text. */
    static final String VALUE = """
            coalesce(
                try_cast(id as uuid),
                name_based_uuid(project_id || chr(10) || coalesce(nullif(id, ''), concat_ws(chr(10), 'content', name,
                    created_at, device_id, profile_id, session_id, path, origin, revenue, properties::varchar))))""";

    /** The namespace is a random UUID of our own: 3d1b9fd2-6c5e-4f0e-9c55-8d1e0c1d7a4b. */
    private static final String NAME_BASED = """
            create or replace temp macro name_based_uuid(name) as uuid_of_hash(
                sha1('\\x3d\\x1b\\x9f\\xd2\\x6c\\x5e\\x4f\\x0e\\x9c\\x55\\x8d\\x1e\\x0c\\x1d\\x7a\\x4b'::blob || encode(name)))""";

    private static final String OF_HASH = """
            create or replace temp macro uuid_of_hash(h) as (
                h[1:8] || '-' || h[9:12] || '-5' || h[14:16] || '-'
                || '89ab'[(instr('0123456789abcdef', h[17]) - 1) % 4 + 1] || h[18:20] || '-' || h[21:32])::uuid""";

    private EventIds() {}

    static void define(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(OF_HASH);
            statement.execute(NAME_BASED);
        }
    }
}
