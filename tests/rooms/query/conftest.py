"""The small firm of the records' tests."""

from tests.rooms.records.conftest import firm

__all__ = ["firm"]
