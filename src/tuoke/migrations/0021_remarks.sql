-- That something was said about a record, for those who look at it now: it is no change of the record, so neither its
-- history nor its flows read of it. A write without changes gives it its number.

create table bus.remark (
  id bigint generated always as identity primary key,
  txn bigint not null,
  table_id bigint not null,
  record bigint not null,
  at timestamptz not null default now()
);

create index remark_txn on bus.remark (txn);
