"""What an operator says about single sign-on: the provider, and who gets an account by it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from typo_reports.domain.errors import SettingsError
from typo_reports.domain.labels import is_plain
from typo_reports.domain.origin import host_as_sent

# Nobody becomes an admin by an address.
ROLES_TO_ADMIT = ("editor", "viewer")
LONGEST_ISSUER = 255
LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Admission:
    """People with a verified address of exactly this domain get an account with this role."""

    domain: str
    role: str


def checked_issuer(text: str) -> str:
    """The provider's address exactly as it calls itself, a slash at its end included.

    Raises ValueError in words. Plain HTTP only to this very machine (OpenID Connect Core, 3.1.2).
    """
    if not is_endpoint(text):
        raise ValueError(
            "it must be an https:// address such as https://login.example/realms/paper"
        )
    if urlsplit(text).query or len(text) > LONGEST_ISSUER:
        raise ValueError(f"it is an address of at most {LONGEST_ISSUER} characters without ?")
    return text


def is_endpoint(text: str) -> bool:
    """Whether secrets may be sent to this address: HTTPS, or plain HTTP to this machine."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or port == 0 or "@" in parts.netloc or "#" in text or not text.isascii():
        return False
    if any(not character.isprintable() or character.isspace() for character in text):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))


def _is_loopback(host: str) -> bool:
    return host in {"localhost", "::1"} or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None


def checked_label(text: str) -> str:
    """What the provider is called on the button. Raises ValueError in words."""
    if not text or len(text) > LONGEST_LABEL or not is_plain(text):
        raise ValueError(f"it is 1 to {LONGEST_LABEL} characters, such as Paper Login")
    return text


def checked_admissions(text: str) -> tuple[Admission, ...]:
    """`paper.example=editor, agency.example=viewer`. Raises ValueError in words."""
    found = tuple(_admission(part.strip()) for part in text.split(",") if part.strip())
    domains = [one.domain for one in found]
    if len(set(domains)) != len(domains):
        raise ValueError("it names a domain twice")
    return found


def _admission(text: str) -> Admission:
    domain, _, role = text.partition("=")
    host = host_as_sent(domain.strip().removeprefix("@"))
    if host is None or "." not in host or role.strip() not in ROLES_TO_ADMIT:
        expected = " or ".join(ROLES_TO_ADMIT)
        raise ValueError(
            f"“{text[:80]}” is not a domain and a role ({expected}), such as paper.example=editor"
        )
    return Admission(host, role.strip())


def role_for(email: str, admissions: Iterable[Admission]) -> str | None:
    """The role that somebody of this checked address is admitted with, or None."""
    domain = email.rpartition("@")[2].casefold()
    return next((one.role for one in admissions if one.domain == domain), None)


def yes_or_no(text: str) -> bool:
    """`yes` or `no`. Raises ValueError in words."""
    if text not in {"yes", "no"}:
        raise ValueError("it must be yes or no")
    return text == "yes"


def require_whole(given: Collection[str], prefix: str) -> None:
    """Raise SettingsError when only some of what single sign-on needs is given."""
    ours = sorted(name for name in given if name.startswith("oidc_"))
    for needed in ("oidc_issuer", "oidc_client_id"):
        if ours and needed not in given:
            first = (prefix + ours[0]).upper()
            raise SettingsError(f"{first} needs {(prefix + needed).upper()} as well.")
