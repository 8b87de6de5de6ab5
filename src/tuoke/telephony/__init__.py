"""Calls: their life, their provider, their recording and wrap-up."""
