-- People and devices that were deleted for good: a keyed hash of the name, never the name. "autoincrement": a number is
-- never given twice, and grows when somebody is deleted again.
create table erasures (
    number integer primary key autoincrement,
    project_id text not null,
    mark blob not null,
    erased_until integer not null,
    unique (project_id, mark)
) strict;

-- For how many days a project keeps what happened; without a row: for ever.
create table retention_periods (
    project_id text primary key references projects (id),
    days integer not null check (days > 0)
) strict;
