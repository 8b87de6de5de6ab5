"""The telesales app as it lies in the tree, read once for all tests of this room."""

from __future__ import annotations

from tuoke.appfile.read import folder_files, read_app
from tuoke.appfile.shipped import shipped_apps

FILES = folder_files(next(iter(shipped_apps())))
APP = read_app(FILES)
TABLES = {table.key: table for table in APP.tables}
