"""Where reports, cases, sites and letters are kept: the only SQLAlchemy statements."""
