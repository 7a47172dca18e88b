package org.openpanelmcp.transfer.foreign;

import org.openpanelmcp.store.SessionIds;

/** What a live visit has and another product's rows lack: a session id, one source for all its events, two marks. */
final class Visits {
    /** Thirty minutes of silence end a visit; the id is the one a live visit would have. */
    private static final String CUT =
            """
            create temp table cut as
            with opened as (
                select id, project_id, device_id, created_at,
                    {opens} as opens
                from events where device_id <> '' and session_id = ''
                window device as (partition by device_id order by created_at, id)
            ), numbered as (
                select *, sum(opens::integer) over (
                    partition by device_id order by created_at, id rows unbounded preceding) as visit
                from opened
            ), starts as (
                select device_id, visit, min(created_at) as started from numbered group by all
            )
            select n.id, {id} as session_id
            from numbered n join starts using (device_id, visit)""".replace("{opens}", SessionIds.opens("device")).replace("{id}", SessionIds.sql("started"));

    private static final String ASSIGN =
            "update events set session_id = cut.session_id from cut where cut.id = events.id";

    private static final String INHERIT = """
            update events set referrer = first.referrer, referrer_name = first.referrer_name,
                referrer_type = first.referrer_type
            from (
                select session_id, arg_min(referrer, (created_at, id)) as referrer,
                    arg_min(referrer_name, (created_at, id)) as referrer_name,
                    arg_min(referrer_type, (created_at, id)) as referrer_type
                from events where session_id <> '' group by session_id) as first
            where first.session_id = events.session_id""";

    private static final String MARK = """
            insert into events by name
            with counted as (
                select *, row_number() over visit as place from events where session_id <> ''
                window visit as (partition by session_id order by created_at, id)
            ), ended as (
                select session_id, max(created_at) as last_at,
                    epoch_ms(max(created_at)) - epoch_ms(min(created_at)) as lasted,
                    count(*) filter (name = 'screen_view' and (path <> '' or place = 1)) <= 1 as bounced,
                    coalesce(arg_max(path, place) filter (path <> ''), '') as exit_path,
                    coalesce(arg_max(origin, place) filter (origin <> ''), '') as exit_origin,
                    coalesce(arg_max(profile_id, place) filter (profile_id <> device_id and profile_id <> ''),
                        min(profile_id) filter (place = 1)) as person
                from counted group by session_id
            )
            select * exclude (place) replace (
                id_of_hash(md5(project_id || chr(10) || session_id || chr(10) || 'session_start')) as id,
                'session_start' as name, created_at - interval 100 milliseconds as created_at,
                0::ubigint as revenue, 0::ubigint as duration)
            from counted where place = 1
            union all by name
            select c.* exclude (place) replace (
                id_of_hash(md5(project_id || chr(10) || c.session_id || chr(10) || 'session_end')) as id,
                'session_end' as name, last_at + interval 1 second as created_at, 0::ubigint as revenue,
                lasted::ubigint as duration, exit_path as path, exit_origin as origin, person as profile_id,
                map_concat(map {'__bounce': bounced::varchar}, case when properties['__imported'] is null
                    then map {}::map(varchar, varchar) else map {'__imported': properties['__imported']} end) as properties)
            from counted c join ended using (session_id) where place = 1""";

    private Visits() {}

    /** Gives a session id to the events of devices that have none. */
    static void cut(Scratch scratch) {
        scratch.execute(CUT);
        scratch.execute(ASSIGN);
        scratch.execute("drop table cut");
    }

    /** The source of a visit's first event is the source of all its events. */
    static void inheritReferrers(Scratch scratch) {
        scratch.execute(INHERIT);
    }

    /** Adds {@code session_start} and {@code session_end}, as a live visit has them. */
    static void mark(Scratch scratch) {
        scratch.execute(MARK);
    }
}
