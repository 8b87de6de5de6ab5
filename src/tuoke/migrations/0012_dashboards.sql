-- Dashboards: pages of figures, each kept as the document people write.

create table tuoke.dashboard (
  key text primary key,
  definition jsonb not null,
  source text not null default 'user',
  updated_at timestamptz not null default now(),
  updated_by bigint
)
--
-- The figures of a day among a million records, and lists in the order of time. New tables get theirs when made.
do $$
declare found record;
begin
  for found in
    select d.key, d.settings ->> 'timeline' as moment from tuoke.table_def d
    join information_schema.columns c
      on c.table_schema = 'work' and c.table_name = d.key and c.column_name = d.settings ->> 'timeline'
    where d.deleted_at is null and d.settings ->> 'timeline' <> 'created_at'
  loop
    execute format(
      'create index if not exists %I on work.%I (%I desc nulls last, id desc) where deleted_at is null',
      found.key || '_timeline', found.key, found.moment
    );
  end loop;
end $$
