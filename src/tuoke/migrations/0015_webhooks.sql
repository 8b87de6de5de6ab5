-- What other systems are told: who wants to know what, and each message with its fate.

create table tuoke.webhook (
  id bigint generated always as identity primary key,
  name text not null,
  url text not null,
  secret text not null,
  tables text[] not null,
  events text[] not null,
  fields text[] not null default '{}',
  active boolean not null default true,
  user_id bigint not null,
  failures int not null default 0,
  paused_until timestamptz,
  created_at timestamptz not null,
  archived_at timestamptz
);

create table tuoke.delivery (
  id bigint generated always as identity primary key,
  webhook bigint not null references tuoke.webhook (id),
  change bigint,
  event text not null,
  table_id bigint,
  record bigint,
  at timestamptz not null,
  by bigint,
  before jsonb,
  after jsonb,
  body text,
  state text not null default 'queued',
  attempts int not null default 0,
  next_at timestamptz not null,
  status int,
  reason jsonb,
  took_ms int,
  settled_at timestamptz
);

-- A reader that takes a stretch twice queues each change once.
create unique index delivery_once on tuoke.delivery (webhook, change);

create index delivery_due on tuoke.delivery (webhook, next_at, id) where state = 'queued';

create index delivery_newest on tuoke.delivery (webhook, id);

-- What happened before there were webhooks is no news.
insert into bus.position (reader, seq)
select 'webhooks', coalesce(max(seq), 0) from bus.write on conflict (reader) do nothing;
