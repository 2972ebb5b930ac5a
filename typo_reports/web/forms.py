"""What the plain forms of the desk have in common: errors beside their fields."""

from __future__ import annotations

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.web.language import said


def field_errors(error: InvalidFieldsError) -> dict[str, str]:
    """The field's name and what is wrong with it, in words, for templates/forms/fields.html."""
    found: dict[str, str] = {}
    for item in error.errors:
        words = said(item.message)
        found[item.field] = f"{found[item.field]} {words}" if item.field in found else words
    return found


def lines(text: str) -> list[str]:
    """The lines of a text area that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
