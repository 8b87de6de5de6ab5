-- Whose turn it was when, of every person: departments that take turns at the same node must not take each other's.

alter table tuoke.flow_turn add column turns jsonb not null default '{}';
