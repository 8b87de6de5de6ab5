"""The HTTP door: parse, call one verb, shape the answer."""
