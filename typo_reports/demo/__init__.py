"""A demo newspaper with real-looking errors, to try everything on."""
