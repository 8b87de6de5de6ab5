"""Tuoke 拓客: the no-code sales workbench with a telephone in it."""
