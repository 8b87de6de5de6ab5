-- Who caused a write, so that no flow starts itself for ever; and the workspace's own working time.

alter table bus.write add column flow bigint, add column depth int not null default 0;

alter table bus.flow_run add column depth int not null default 1;

alter table tuoke.workspace add column working jsonb not null default '{}';
