-- Files that are kept for a while only, such as exports.

alter table tuoke.file add column expires_at timestamptz;
-- The table whose records it holds: opened only by who may still export them.
alter table tuoke.file add column exported_from text;

create index file_expires on tuoke.file (expires_at) where expires_at is not null;

create index job_export on bus.job (by, id) where kind = 'export';
