-- Of a session that the server itself records: when its last event came in (null once its end is recorded, and for
-- imported ones), and which of its events gave it its first and last values, so that a late event finds its place.
alter table sessions add column touched_at timestamp;
alter table sessions add column marks varchar default '';

-- Up to where each journal is stored here; written in the same transaction as its rows.
create table journal_positions (
    journal varchar not null,
    position bigint not null
);
