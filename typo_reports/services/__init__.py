"""One module per deed of the desk; a session comes in, no HTTP."""
