"""Records in and out as files: import with preview and undo, export."""
