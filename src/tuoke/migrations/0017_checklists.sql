-- First steps for new administrators: the lists that apps bring, and who has put one away for good.

create table tuoke.checklist (
  key text primary key,
  definition jsonb not null,
  source text not null default 'user',
  updated_at timestamptz not null default now()
);

create table tuoke.checklist_dismissal (
  user_id bigint not null references tuoke.user_account(id),
  checklist text not null,
  at timestamptz not null default now(),
  primary key (user_id, checklist)
)
