-- A revoked client's id stays known, so that a catalog from before does not bring it back.
create table revoked_clients (
    id text primary key,
    organization_id text not null,
    project_id text,
    revoked_at integer not null
) strict;
