-- Dashboards: pages of figures, each kept as the document people write.

create table tuoke.dashboard (
  key text primary key,
  definition jsonb not null,
  source text not null default 'user',
  updated_at timestamptz not null default now(),
  updated_by bigint
);
