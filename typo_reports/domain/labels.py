"""Short texts that people give to things: names of sites, of editors, of tokens."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TypeVar

from typo_reports.domain.errors import FieldError, InvalidFieldsError
from typo_reports.domain.words import N_, NN_

T = TypeVar("T")

LONGEST_NAME = 100


def checked_name(text: str, *, field: str, longest: int = LONGEST_NAME) -> str:
    """The name with runs of white space as one space; 1 to `longest` code points.

    Raises InvalidFieldsError (`required`, `too-long`, `malformed`) naming `field`.
    """
    name = " ".join(text.split())
    if not name:
        raise InvalidFieldsError.of(field, "required", N_("Please enter a name."))
    if len(name) > longest:
        message = NN_(
            "Please use at most %(num)s character; these are %(found)s.",
            "Please use at most %(num)s characters; these are %(found)s.",
            longest,
            found=len(name),
        )
        raise InvalidFieldsError.of(field, "too-long", message)
    if not is_plain(name):
        message = N_("Please leave out control characters and broken characters.")
        raise InvalidFieldsError.of(field, "malformed", message)
    return name


def is_plain(text: str) -> bool:
    """Whether the text has no control character, no lone surrogate, no line separator.

    NUL passes in SQLite and fails in PostgreSQL; the others break mail headers or log lines.
    """
    return not any(
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in text
    )


class FieldErrors:
    """Collects what is wrong with several fields, so that a form can show all at once."""

    def __init__(self) -> None:
        self._errors: list[FieldError] = []

    def kept(self, check: Callable[[], T]) -> T | None:
        """What the check returns, or None when it raised InvalidFieldsError, which is kept."""
        try:
            return check()
        except InvalidFieldsError as error:
            self._errors.extend(error.errors)
            return None

    def raise_any(self) -> None:
        """Raise InvalidFieldsError with everything kept, if there is something."""
        if self._errors:
            raise InvalidFieldsError(self._errors)
