"""One file, one telephony provider."""
