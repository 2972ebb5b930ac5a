"""Publishers' pages: their addresses, their text, and a passage found again in it."""
