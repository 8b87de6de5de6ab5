"""Puts the parts together from the command line's options: processes, database, workspace, backups."""
