"""Tuoke 拓客: the no-code sales workbench with a telephone in it."""

__version__ = "0.1.0"
