"""Messages to people: kept with their cause, rung through the live door."""
