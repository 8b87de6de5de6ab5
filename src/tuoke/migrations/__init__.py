"""Our own tables, as numbered SQL files; forward only."""
