-- Flows: published versions are immutable; a run is a row that stands on one node of one version.

create table tuoke.flow (
  id bigint generated always as identity primary key,
  key text not null unique,
  label jsonb not null,
  table_key text not null,
  source text not null default 'user',
  active boolean not null default false,
  published bigint,
  created_at timestamptz not null default now()
);

create table tuoke.flow_version (
  id bigint generated always as identity primary key,
  flow_id bigint not null references tuoke.flow(id),
  number int not null,
  definition jsonb not null,
  published_by bigint,
  published_at timestamptz not null default now(),
  unique (flow_id, number)
);

create table tuoke.flow_turn (
  flow_id bigint not null references tuoke.flow(id),
  node text not null,
  last_user bigint not null default 0,
  primary key (flow_id, node)
);

create table bus.flow_run (
  id bigint generated always as identity primary key,
  flow_id bigint not null references tuoke.flow(id),
  version_id bigint not null references tuoke.flow_version(id),
  table_id bigint not null,
  record bigint not null,
  write_seq bigint not null,
  change_set bigint,
  node text not null,
  state text not null default 'due' check (state in ('due', 'waiting', 'done', 'error', 'cancelled')),
  due_at timestamptz not null default now(),
  provisional boolean not null default false,
  awaits jsonb,
  data jsonb not null default '{}',
  since timestamptz not null default now(),
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  steps int not null default 0,
  error jsonb,
  unique (flow_id, write_seq, record)
);

create unique index flow_run_alone on bus.flow_run (flow_id, record)
  where state in ('due', 'waiting', 'error') and (data ->> 'mode') = 'one';

create index flow_run_due on bus.flow_run (due_at, version_id, node) where state in ('due', 'waiting');

create index flow_run_record on bus.flow_run (table_id, record, id);

create index flow_run_awaiting on bus.flow_run (table_id, record) where state = 'waiting' and awaits is not null;

create index flow_run_change_set on bus.flow_run (change_set) where change_set is not null;

create table bus.flow_step (
  id bigint generated always as identity primary key,
  run bigint not null,
  node text not null,
  port text,
  told jsonb,
  at timestamptz not null default now()
);

create index flow_step_run on bus.flow_step (run, id);
