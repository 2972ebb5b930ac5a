"""The languages that the desk speaks, by their BCP 47 codes."""

from __future__ import annotations

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.words import N_

ENGLISH = "en"
# Each by its own name, so that whoever speaks it finds it. docs/translating.md says how complete
# each catalogue is; what is missing is shown in English.
LANGUAGES = {
    "de": "Deutsch",
    ENGLISH: "English",
    "es": "Español",
    "fr": "Français",
    "ru": "Русский",
    "uk": "Українська",
}
# English made longer and put in brackets, to see what is not translated and what gets cut; the
# second one runs from right to left. Offered to nobody, but known when asked for.
PSEUDO = "qps-ploc"
PSEUDO_MIRRORED = "qps-plocm"
_KNOWN = frozenset({*LANGUAGES, PSEUDO, PSEUDO_MIRRORED})


def is_known(code: str | None) -> bool:
    """Whether the desk can speak it."""
    return code in _KNOWN


def first_known(*codes: str | None) -> str | None:
    """The first of the codes that the desk can speak: not one that is offered no more."""
    return next((code for code in codes if code is not None and is_known(code)), None)


def spoken(tag: str | None) -> str | None:
    """The offered language that goes with a BCP 47 tag such as "de-AT", or None."""
    code = (tag or "").replace("_", "-").partition("-")[0].strip().lower()
    return code if code in LANGUAGES else None


def checked_language(code: str) -> str | None:
    """The code, or None for an empty one: as the browser asks.

    Raises InvalidFieldsError (field `language`, code `unknown`) for any other.
    """
    if not code:
        return None
    if not is_known(code):
        message = N_("Please choose a language from the list.")
        raise InvalidFieldsError.of("language", "unknown", message)
    return code
