-- What the product knows about itself: metadata of tables and fields, files, and the change log.

create schema if not exists bus;

create schema if not exists work;

create schema if not exists search;

create table tuoke.workspace (
  only_one boolean primary key default true check (only_one),
  name text not null default '拓客',
  time_zone text not null default 'Asia/Shanghai',
  currency text not null default 'CNY',
  meta_version bigint not null default 1,
  created_at timestamptz not null default now()
);

insert into tuoke.workspace default values;

create table tuoke.table_def (
  id bigint generated always as identity primary key,
  key text not null unique,
  label jsonb not null,
  settings jsonb not null default '{}',
  source text not null check (source in ('app', 'user')),
  created_at timestamptz not null default now(),
  deleted_at timestamptz
);

create table tuoke.field_def (
  id bigint generated always as identity primary key,
  table_id bigint not null references tuoke.table_def(id),
  key text not null,
  type text not null,
  label jsonb not null,
  options jsonb not null default '{}',
  required boolean not null default false,
  is_unique boolean not null default false,
  aliases text[] not null default '{}',
  help jsonb,
  default_value jsonb,
  position int not null,
  source text not null check (source in ('app', 'user')),
  created_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (table_id, key)
);

create table tuoke.app_snapshot (
  app text primary key,
  version text not null,
  content jsonb not null,
  applied_at timestamptz not null default now()
);

create table tuoke.proposed_index (
  name text primary key,
  table_key text not null,
  columns text[] not null,
  created_at timestamptz not null default now()
);

create table tuoke.counter (
  field_id bigint not null references tuoke.field_def(id),
  period text not null,
  value bigint not null,
  primary key (field_id, period)
);

create table tuoke.file (
  id bigint generated always as identity primary key,
  name text not null,
  size bigint not null,
  type text not null,
  path text not null,
  created_by bigint,
  created_at timestamptz not null default now()
);

-- The change log. A write stores its rows, one change per changed record, and as its very last
-- statement one write; the sequencer numbers committed writes in id order.

create sequence bus.txn;

create table bus.change_set (
  id bigint generated always as identity primary key,
  kind text not null,
  label jsonb not null default '{}',
  table_key text,
  by bigint,
  at timestamptz not null default now(),
  facts jsonb not null default '{}',
  undone_at timestamptz,
  undone_by bigint
);

create table bus.change (
  id bigint generated always as identity,
  at timestamptz not null default now(),
  txn bigint not null,
  table_id bigint not null,
  record bigint not null,
  kind smallint not null,
  before jsonb,
  after jsonb,
  primary key (id, at)
) partition by range (at);

create index change_record on bus.change (table_id, record, id);

create table bus.change_other partition of bus.change default;

create table bus.write (
  id bigint generated always as identity primary key,
  txn bigint not null,
  first_change bigint not null,
  last_change bigint not null,
  at timestamptz not null default now(),
  by bigint,
  change_set bigint,
  note text,
  seq bigint
);

create unique index write_by_seq on bus.write (seq) where seq is not null;

create index write_unnumbered on bus.write (id) where seq is null;

create index write_change_set on bus.write (change_set) where change_set is not null;

create index write_txn on bus.write (txn);

create sequence bus.write_seq;

create table bus.position (
  reader text primary key,
  seq bigint not null default 0,
  moved_at timestamptz not null default now()
);

create table bus.field_change (
  id bigint generated always as identity primary key,
  table_id bigint not null,
  record bigint not null,
  field text not null,
  from_value jsonb,
  to_value jsonb,
  at timestamptz not null,
  by bigint
);

create index field_change_record on bus.field_change (table_id, record, id);

create index field_change_when on bus.field_change (table_id, field, at);

create table bus.job (
  id bigint generated always as identity primary key,
  kind text not null,
  key text unique,
  payload jsonb not null default '{}',
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  progress real not null default 0,
  checkpoint jsonb not null default '{}',
  result jsonb,
  error jsonb,
  by bigint,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);

create index job_by on bus.job (by, id);

create table bus.idempotency (
  by bigint not null,
  key text not null,
  request_hash text not null,
  status int not null,
  answer jsonb not null,
  at timestamptz not null default now(),
  primary key (by, key)
);
