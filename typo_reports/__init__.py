"""Typo Reports: readers point at spelling errors, editors fix them from one queue."""
