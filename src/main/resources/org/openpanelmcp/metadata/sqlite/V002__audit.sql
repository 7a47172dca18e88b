-- "autoincrement": a number is never given twice, also after the newest entries were forgotten.
create table audit_entries (
    number integer primary key autoincrement,
    at integer not null,
    client_id text not null,
    organization_id text not null,
    action text not null,
    project_id text,
    milliseconds integer not null,
    bytes integer not null,
    outcome text not null
) strict;

create index audit_entries_of_organization on audit_entries (organization_id, number);
create index audit_entries_by_time on audit_entries (at);
