"""Pointing at the error: which word of a passage is wrong, and what it was meant to be."""
