"""Words every room may use: errors, actor, registry, clock, settings, database; no domain."""
