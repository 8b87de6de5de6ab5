-- People: departments, users, roles, how they log in, and what they did that must be told later.

-- Every change of departments, users or roles moves this, so every process knows its copy is stale.
create table tuoke.org_version (
  only_one boolean primary key default true check (only_one),
  version bigint not null default 1
);

insert into tuoke.org_version default values;

create table tuoke.department (
  id bigint generated always as identity primary key,
  name text not null,
  parent bigint references tuoke.department(id),
  path bigint[] not null,
  created_at timestamptz not null default now(),
  archived_at timestamptz
);

create unique index department_name on tuoke.department (coalesce(parent, 0), lower(name)) where archived_at is null;

create index department_path on tuoke.department using gin (path);

create table tuoke.user_account (
  id bigint generated always as identity primary key,
  email text not null,
  name text not null,
  password_hash text,
  department bigint references tuoke.department(id),
  active boolean not null default true,
  must_change_password boolean not null default false,
  language text not null default 'zh' check (language in ('zh', 'en')),
  created_at timestamptz not null default now(),
  created_by bigint references tuoke.user_account(id),
  last_login_at timestamptz,
  archived_at timestamptz
);

create unique index user_account_email on tuoke.user_account (lower(email)) where archived_at is null;

create index user_account_department on tuoke.user_account (department);

create table tuoke.role (
  key text primary key,
  label jsonb not null,
  superuser boolean not null default false,
  grants jsonb not null default '[]',
  source text not null default 'user' check (source in ('system', 'app', 'user')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

insert into tuoke.role (key, label, superuser, source)
values ('admin', '{"zh": "管理员", "en": "Administrator"}', true, 'system');

create table tuoke.user_role (
  user_id bigint not null references tuoke.user_account(id),
  role text not null references tuoke.role(key),
  primary key (user_id, role)
);

create index user_role_role on tuoke.user_role (role);

-- The cookie holds the token, the database only its hash: a copy of the database opens no session.
create table tuoke.session (
  token_hash bytea primary key,
  id bigint generated always as identity unique,
  user_id bigint not null references tuoke.user_account(id),
  csrf text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ip text not null default '',
  agent text not null default '',
  revoked_at timestamptz
);

create index session_by_user on tuoke.session (user_id, id);

create table tuoke.api_key (
  id bigint generated always as identity primary key,
  user_id bigint not null references tuoke.user_account(id),
  name text not null,
  hash bytea not null unique,
  prefix text not null,
  narrowing jsonb not null default '{}',
  per_minute int not null default 600 check (per_minute > 0),
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);

create index api_key_user on tuoke.api_key (user_id, id);

-- Counted on every request, so it writes no log; after a crash the count begins anew.
create unlogged table tuoke.api_key_use (
  api_key bigint primary key,
  minute timestamptz not null,
  used int not null
);

-- One-time passwords: they open the door until the user has chosen a password, or until they expire.
create table tuoke.password_reset (
  id bigint generated always as identity primary key,
  user_id bigint not null references tuoke.user_account(id),
  hash text not null,
  created_at timestamptz not null,
  created_by bigint references tuoke.user_account(id),
  expires_at timestamptz,
  used_at timestamptz
);

create unique index password_reset_open on tuoke.password_reset (user_id) where used_at is null;

-- Tries to log in, counted before the password is looked at. `admitted`: whether the last one was let through.
create table tuoke.login_failure (
  kind text not null check (kind in ('account', 'ip')),
  key text not null,
  failures int not null,
  last_at timestamptz not null,
  blocked_until timestamptz,
  admitted boolean not null default true,
  primary key (kind, key)
);

create table tuoke.audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  user_id bigint references tuoke.user_account(id),
  action text not null,
  facts jsonb not null default '{}',
  ip text not null default ''
);

create index audit_user on tuoke.audit (user_id, id);

create index audit_action on tuoke.audit (action, id);
