-- OpenPanel's columns, so that one set of queries reads both. No keys and no indexes: they are what breaks DuckDB's
-- write-ahead log in the field. Times are UTC with millisecond precision.
create table events (
    id uuid not null default uuid(),
    name varchar not null default '',
    sdk_name varchar not null default '',
    sdk_version varchar not null default '',
    device_id varchar not null default '',
    profile_id varchar not null default '',
    project_id varchar not null default '',
    session_id varchar not null default '',
    groups varchar[] not null default [],
    path varchar not null default '',
    origin varchar not null default '',
    referrer varchar not null default '',
    referrer_name varchar not null default '',
    referrer_type varchar not null default '',
    revenue ubigint not null default 0,
    duration ubigint not null default 0,
    properties map(varchar, varchar) not null default map {},
    created_at timestamp not null,
    country varchar not null default '',
    city varchar not null default '',
    region varchar not null default '',
    longitude float,
    latitude float,
    os varchar not null default '',
    os_version varchar not null default '',
    browser varchar not null default '',
    browser_version varchar not null default '',
    device varchar not null default '',
    brand varchar not null default '',
    model varchar not null default '',
    imported_at timestamp
);

-- One row per session: sign stays 1, version counts the changes.
create table sessions (
    id varchar not null,
    project_id varchar not null default '',
    profile_id varchar not null default '',
    device_id varchar not null default '',
    groups varchar[] not null default [],
    created_at timestamp not null,
    ended_at timestamp not null,
    is_bounce boolean not null default true,
    entry_origin varchar not null default '',
    entry_path varchar not null default '',
    exit_origin varchar not null default '',
    exit_path varchar not null default '',
    screen_view_count integer not null default 0,
    revenue double not null default 0,
    event_count integer not null default 0,
    duration uinteger not null default 0,
    country varchar not null default '',
    region varchar not null default '',
    city varchar not null default '',
    longitude float,
    latitude float,
    device varchar not null default '',
    brand varchar not null default '',
    model varchar not null default '',
    browser varchar not null default '',
    browser_version varchar not null default '',
    os varchar not null default '',
    os_version varchar not null default '',
    utm_medium varchar not null default '',
    utm_source varchar not null default '',
    utm_campaign varchar not null default '',
    utm_content varchar not null default '',
    utm_term varchar not null default '',
    referrer varchar not null default '',
    referrer_name varchar not null default '',
    referrer_type varchar not null default '',
    sign tinyint not null default 1,
    version ubigint not null default 1
);

-- Appended as versions: readers take the row with the latest last_seen_at.
create table profiles (
    id varchar not null,
    is_external boolean not null default false,
    first_name varchar not null default '',
    last_name varchar not null default '',
    email varchar not null default '',
    avatar varchar not null default '',
    properties map(varchar, varchar) not null default map {},
    project_id varchar not null default '',
    groups varchar[] not null default [],
    created_at timestamp not null,
    last_seen_at timestamp not null
);

-- Appended as versions: readers take the row with the highest version, unless it is a deleted one.
create table groups (
    id varchar not null,
    project_id varchar not null default '',
    type varchar not null default '',
    name varchar not null default '',
    properties map(varchar, varchar) not null default map {},
    created_at timestamp not null,
    version ubigint not null default 0,
    deleted utinyint not null default 0
);

create table gsc_daily (
    project_id varchar not null default '',
    date date not null,
    clicks uinteger not null default 0,
    impressions uinteger not null default 0,
    ctr float not null default 0,
    position float not null default 0,
    synced_at timestamp not null
);

create table gsc_pages_daily (
    project_id varchar not null default '',
    date date not null,
    page varchar not null default '',
    clicks uinteger not null default 0,
    impressions uinteger not null default 0,
    ctr float not null default 0,
    position float not null default 0,
    synced_at timestamp not null
);

create table gsc_queries_daily (
    project_id varchar not null default '',
    date date not null,
    query varchar not null default '',
    clicks uinteger not null default 0,
    impressions uinteger not null default 0,
    ctr float not null default 0,
    position float not null default 0,
    synced_at timestamp not null
);
