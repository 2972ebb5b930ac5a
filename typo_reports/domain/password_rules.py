"""What a password must be. Length only: rules about kinds of characters make worse passwords
(NIST SP 800-63B, 5.1.1.2)."""

from __future__ import annotations

import unicodedata

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.words import N_, NN_

SHORTEST = 8
LONGEST = 1024


def prepared(password: str) -> str | None:
    """The password as it is hashed (NFC, RFC 8265 4.2), or None when it can be nobody's.

    The length is bounded before anything is computed, so that nobody can keep the hash busy with
    a long text.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        return None
    if any(unicodedata.category(character) == "Cs" for character in password):
        return None
    return unicodedata.normalize("NFC", password)


def checked_password(password: str, *, field: str = "password") -> str:
    """The password as it is hashed; raises InvalidFieldsError in words."""
    if len(password) < SHORTEST:
        message = NN_(
            "Please use at least %(num)s character. A few words are easy to remember.",
            "Please use at least %(num)s characters. A few words are easy to remember.",
            SHORTEST,
        )
        raise InvalidFieldsError.of(field, "too-short", message)
    if len(password) > LONGEST:
        message = NN_(
            "Please use at most %(num)s character.",
            "Please use at most %(num)s characters.",
            LONGEST,
        )
        raise InvalidFieldsError.of(field, "too-long", message)
    password_to_hash = prepared(password)
    if password_to_hash is None:
        raise InvalidFieldsError.of(field, "malformed", N_("Please leave out broken characters."))
    return password_to_hash
