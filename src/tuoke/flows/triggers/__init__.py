"""One file, one kind of trigger."""
