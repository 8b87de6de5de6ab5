"""One file, one field type."""
