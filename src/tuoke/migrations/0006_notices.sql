-- What people are told inside the product.

create table tuoke.notice (
  id bigint generated always as identity primary key,
  user_id bigint not null,
  kind text not null,
  title jsonb not null,
  body jsonb,
  table_key text,
  record bigint,
  key text unique,
  at timestamptz not null default now(),
  read_at timestamptz
);

create index notice_user on tuoke.notice (user_id, id);

create index notice_unread on tuoke.notice (user_id) where read_at is null;
