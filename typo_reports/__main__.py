"""`python -m typo_reports` is the command `typo-reports`."""

from typo_reports.cli import main

if __name__ == "__main__":
    main()
