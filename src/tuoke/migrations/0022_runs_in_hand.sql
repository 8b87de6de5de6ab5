-- Where runs stand is counted on every look at a flow, and failed ones are found again: without the many that are over.

create index flow_run_standing on bus.flow_run (flow_id, node, id) where state in ('due', 'waiting', 'error');
