"""Parse a request, call one service, answer."""
