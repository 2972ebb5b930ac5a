"""The site that a program's Bearer token opens."""

from __future__ import annotations

from flask import request
from sqlalchemy.orm import Session

from typo_reports.domain.errors import NotSignedInError
from typo_reports.services import signatures, tokens
from typo_reports.storage.models import Site, Token
from typo_reports.web.parts import parts


def site_of_request(session: Session) -> tuple[Site, Token]:
    """The site and the token of this request; raises NotSignedInError without a valid one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    found = None
    if scheme.lower() == "bearer" and token.strip():
        found = tokens.site_of_token(session, token.strip(), now=parts().now())
    if found is None:
        raise NotSignedInError("Send a token of the site as Authorization: Bearer typo_….")
    return found


def site_of_signed_request(session: Session, body: bytes) -> tuple[Site, Token]:
    """The site and the token of a request that may be signed instead of carrying its token.

    `body` is what the request brought; see docs/verification.md. Raises NotSignedInError.
    """
    headers = request.headers
    if "webhook-signature" not in headers:
        return site_of_request(session)
    signed = signatures.Signed(
        id=headers.get("webhook-id", ""),
        timestamp=headers.get("webhook-timestamp", ""),
        signatures=headers["webhook-signature"],
        body=body,
    )
    site_key = request.args.get("site", "")
    return signatures.site_of_signature(session, signed, site_key=site_key, now=parts().now())
