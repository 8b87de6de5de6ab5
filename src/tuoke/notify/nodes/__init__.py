"""One file, one kind of flow node that tells somebody something."""
