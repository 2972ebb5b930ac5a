"""What the tests need around them: servers that are thrown away, and a browser."""
