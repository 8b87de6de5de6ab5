"""The processes that do jobs and read the change log."""
