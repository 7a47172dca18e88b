-- What is set for tracking. Origins stand one on a line; filters are a JSON array.
create table tracking_rules (
    project_id text primary key references projects (id),
    origins text not null,
    unsafe_revenue integer not null check (unsafe_revenue in (0, 1)),
    filters text not null
) strict;

-- Clients that may send from anywhere without their secret.
create table open_clients (
    client_id text primary key
) strict;

-- Days are counted from 1970-01-01, UTC.
create table salts (
    day integer primary key,
    salt text not null
) strict;
