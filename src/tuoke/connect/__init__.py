"""Other systems: what they are told, signed, and again until they have heard it."""
