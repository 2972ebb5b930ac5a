"""The site that a program's Bearer token opens."""

from __future__ import annotations

from flask import request
from sqlalchemy.orm import Session

from typo_reports.domain.errors import NotSignedInError
from typo_reports.services import tokens
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
