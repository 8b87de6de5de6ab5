-- What people say to each other about a record, of whatever table.

create table tuoke.comment (
  id bigint generated always as identity primary key,
  table_id bigint not null references tuoke.table_def(id),
  record bigint not null,
  text text not null,
  mentions bigint[] not null default '{}',
  by bigint not null references tuoke.user_account(id),
  at timestamptz not null default now(),
  edited_at timestamptz
);

create index comment_record on tuoke.comment (table_id, record, at desc, id desc);
