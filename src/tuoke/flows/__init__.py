"""Automations: when this happens, do these steps; in batches, surviving restarts."""
