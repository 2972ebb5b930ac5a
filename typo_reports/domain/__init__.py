"""The rules of reports and cases: standard library only, no clock, no network, no database."""
