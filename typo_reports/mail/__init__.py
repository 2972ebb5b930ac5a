"""Composing letters and handing them to a mail server: the only user of Flask-Mail."""
