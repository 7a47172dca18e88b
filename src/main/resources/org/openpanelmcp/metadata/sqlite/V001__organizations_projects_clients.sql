-- Instants are milliseconds since 1970-01-01T00:00:00Z.

create table organizations (
    id text primary key,
    name text not null,
    zone text not null,
    created_at integer not null,
    deleted_at integer
) strict;

create table projects (
    id text primary key,
    organization_id text not null references organizations (id),
    name text not null,
    domain text,
    types text not null,
    zone text,
    created_at integer not null,
    deleted_at integer,
    unique (id, organization_id)
) strict;

create index projects_of_organization on projects (organization_id, id);

-- The pair of columns keeps a client from naming a project of another organization.
create table clients (
    id text primary key,
    name text not null,
    type text not null check (type in ('READ', 'WRITE', 'ROOT')),
    organization_id text not null references organizations (id),
    project_id text,
    secret_hash text,
    created_at integer not null,
    foreign key (project_id, organization_id) references projects (id, organization_id)
) strict;

create index clients_of_organization on clients (organization_id, created_at, id);
create index clients_of_project on clients (project_id);

create table catalog_entries (
    kind text not null,
    id text not null,
    project_id text not null,
    json text not null,
    primary key (kind, id)
) strict;

create table facts (
    name text primary key,
    value text not null
) strict;
