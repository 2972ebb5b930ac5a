"""E-mail addresses: what is accepted, and when two are the same account."""

from __future__ import annotations

import re

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.origin import host_as_sent
from typo_reports.domain.words import N_

# The address pattern of HTML's <input type=email> before the @, bounded as RFC 5321 4.5.3.1.
_LOCAL_PART = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")


def checked_email(text: str) -> str:
    """The address with its host as mail servers know it (`ann@BÜCHER.example` → `xn--…`).

    Raises InvalidFieldsError (field `email`, code `required` or `malformed`).
    """
    text = text.strip()
    if not text:
        raise InvalidFieldsError.of("email", "required", N_("Please enter an e-mail address."))
    email = _parsed(text)
    if email is None:
        message = N_("This is not an e-mail address such as ann@paper.example.")
        raise InvalidFieldsError.of("email", "malformed", message)
    return email


def email_key(text: str) -> str | None:
    """The key of the account that an address names, or None when it can be none."""
    email = _parsed(text.strip())
    return email.casefold() if email is not None else None


def _parsed(text: str) -> str | None:
    if len(text) > 320:
        return None
    local_part, _, host = text.rpartition("@")
    if not _LOCAL_PART.fullmatch(local_part) or "_" in host:
        return None
    ascii_host = host_as_sent(host)
    return f"{local_part}@{ascii_host}" if ascii_host is not None else None
