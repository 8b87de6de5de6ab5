-- What the lists people ask for would be faster with: shapes of slow requests, without any value of theirs.

-- Never used: which indexes exist is asked of PostgreSQL, and a proposal is computed from what was slow.
drop table tuoke.proposed_index;

create table tuoke.slow_filter (
  table_key text not null,
  shape text not null,
  times bigint not null default 1,
  last_ms int not null,
  worst_ms int not null,
  last_at timestamptz not null default now(),
  primary key (table_key, shape)
);

create index slow_filter_last on tuoke.slow_filter (last_at);
