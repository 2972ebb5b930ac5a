"""The commands of typo-reports."""
