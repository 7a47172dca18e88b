package org.openpanelmcp.transfer;

import java.sql.Connection;
import java.sql.SQLException;

/** People of a folder without profiles: one per profile id seen in the loaded events, with what the last event tells. */
final class DerivedProfiles {
    private static final String SEEN = """
            create or replace temp table seen as
            with counted as (
                select *, row_number() over (partition by project_id, profile_id order by created_at desc, id desc) as place
                from incoming where reason is null and state is null and profile_id <> ''
            )
            select project_id, profile_id as id, bool_or(profile_id <> device_id) as is_external,
                list_sort(list_distinct(flatten(list(groups)))) as groups,
                min(created_at) as created_at, max(created_at) as last_seen_at,
                max([country, city, region, os, os_version, browser, browser_version, device, brand, model])
                    filter (place = 1) as traits
            from counted group by project_id, profile_id""";

    private static final String INSERT = """
            insert into profiles by name
            select id, project_id, is_external, groups, created_at, last_seen_at,
                map_from_entries(list_filter(
                    list_zip(['country', 'city', 'region', 'os', 'os_version', 'browser', 'browser_version', 'device',
                        'brand', 'model'], traits), lambda entry: entry[2] <> '')) as properties
            from seen
            where not exists (
                select 1 from profiles p where p.project_id = seen.project_id and p.id = seen.id)
            order by project_id, created_at, id""";

    private final Connection connection;

    DerivedProfiles(Connection connection) {
        this.connection = connection;
    }

    /** While the events are still in {@code incoming}. */
    void note() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(SEEN);
        }
    }

    /** @return the number of new people */
    long derive() throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeLargeUpdate(INSERT);
        }
    }
}
