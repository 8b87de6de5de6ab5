-- What the telephone process is asked to do, what it heard, and wrap-ups being written.

create table bus.call_command (
  id bigint generated always as identity primary key,
  call bigint not null,
  what text not null,
  at timestamptz not null default now()
);

create table bus.call_event (
  event_id text primary key,
  call bigint not null,
  event text not null,
  at timestamptz not null,
  heard_at timestamptz not null default now()
);

create table tuoke.call_draft (
  call bigint primary key,
  user_id bigint not null,
  draft jsonb not null,
  at timestamptz not null default now()
);
