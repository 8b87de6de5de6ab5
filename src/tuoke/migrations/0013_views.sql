-- Views people save: a look at a table under a name, for themselves or for others.

create table tuoke.saved_view (
  id bigint generated always as identity primary key,
  table_id bigint not null references tuoke.table_def(id),
  name text not null,
  filter jsonb,
  sort text not null default '',
  columns text[] not null default '{}',
  owner bigint not null references tuoke.user_account(id),
  everyone boolean not null default false,
  departments bigint[] not null default '{}',
  roles text[] not null default '{}',
  version int not null default 1,
  updated_at timestamptz not null default now(),
  updated_by bigint not null
);

create index saved_view_table on tuoke.saved_view (table_id, id);

create table tuoke.default_view (
  user_id bigint not null references tuoke.user_account(id),
  table_id bigint not null references tuoke.table_def(id),
  view text not null,
  primary key (user_id, table_id)
);
