"""First steps: what a new administrator does, defined as data and ticked by the facts themselves."""
