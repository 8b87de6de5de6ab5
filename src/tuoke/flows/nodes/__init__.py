"""One file, one kind of node."""
