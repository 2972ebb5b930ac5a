"""Requests signed with a token instead of carrying it, as Standard Webhooks signs them.

Source of the scheme: https://www.standardwebhooks.com (version 1.0.0): a signature is the
HMAC-SHA256 of "id.timestamp.body", in base64 behind "v1,"; several stand apart by spaces; more than
five minutes off is refused. The key here is the SHA-256 of the token: what is kept of a token is
enough to check, and the token itself never travels.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from typo_reports.domain.errors import NotSignedInError
from typo_reports.services.sites import site_by_key
from typo_reports.storage import tokens
from typo_reports.storage.models import Site, Token

TOLERANCE = timedelta(minutes=5)
# More than a sender that changes its key needs.
SIGNATURES_MOST = 5
HEADER_MOST = 500


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signed request brings: the three headers as they came, and its body."""

    id: str
    timestamp: str
    signatures: str
    body: bytes

    @property
    def content(self) -> bytes:
        """The bytes that are signed."""
        return f"{self.id}.{self.timestamp}.".encode() + self.body


def site_of_signature(
    session: Session, signed: Signed, *, site_key: str, now: datetime
) -> tuple[Site, Token]:
    """The site, and its token that signed.

    Raises NotSignedInError when none of the site's did, or not within the tolerance.
    """
    site = site_by_key(session, site_key)
    if site is None:
        raise NotSignedInError("Name the site of the signature in the address: ?site=its-key.")
    if not _is_of(now, signed.timestamp):
        raise NotSignedInError("The signature's time is more than five minutes from the desk's.")
    given = list(_given(signed.signatures))
    for token in tokens.in_use(session, site.id):
        right = hmac.digest(token.token_hash, signed.content, hashlib.sha256)
        if any(hmac.compare_digest(right, one) for one in given):
            return site, token
    raise NotSignedInError("The signature is not one of a token of this site.")


def _is_of(now: datetime, timestamp: str) -> bool:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 10):
        return False
    return abs(now - datetime.fromtimestamp(int(timestamp), UTC)) <= TOLERANCE


def _given(signatures: str) -> Iterator[bytes]:
    for one in signatures[:HEADER_MOST].split()[:SIGNATURES_MOST]:
        version, _, encoded = one.partition(",")
        try:
            if version == "v1":
                yield base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            continue
