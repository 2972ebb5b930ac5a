"""Checking an ID token (OpenID Connect Core 1.0, 3.1.3.7). Signatures and keys are joserfc's."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from typo_reports.sso.metadata import ALGORITHMS
from typo_reports.sso.provider_error import ProviderError, UnknownKeyError

CLOCKS_APART_SECONDS = 60
LONGEST_TOKEN = 32 * 1024
LONGEST_SUBJECT = 255
KEYS_MOST = 50
_KEY_TYPES = {"R": "RSA", "P": "RSA", "E": "EC"}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at the provider. `email` only if the provider says that it is verified."""

    subject: str
    email: str | None
    name: str | None


def import_keys(published: list[dict[str, Any]]) -> list[Key]:
    """The public keys for signatures among those published; others are left out."""
    found = []
    for one in published[:KEYS_MOST]:
        if one.get("use", "sig") != "sig" or one.get("kty") not in {"RSA", "EC"}:
            continue
        try:
            found.append(JWKRegistry.import_key(one))
        except (JoseError, ValueError, TypeError, KeyError):
            # A kind or a curve that we don't know: the next one may be known.
            continue
    return found


def read_identity(
    token: str,
    keys: list[Key],
    *,
    issuer: str,
    client_id: str,
    nonce: str,
    algorithms: tuple[str, ...] = ALGORITHMS,
    now: datetime,
) -> Identity:
    """Whom the token is about, if the provider signed it for us, for this sign-in, just now.

    Raises ProviderError, and UnknownKeyError when it names a key that is not among `keys`.
    """
    claims = _signed_claims(token, keys, algorithms)
    _check_claims(claims, issuer=issuer, client_id=client_id, now=now)
    said = claims.get("nonce")
    if not isinstance(said, str) or not hmac.compare_digest(said.encode(), nonce.encode()):
        raise ProviderError("Its answer belongs to another sign-in.")
    email, name = claims.get("email"), claims.get("name")
    is_verified = claims.get("email_verified") in (True, "true")
    return Identity(
        subject=_subject(claims),
        email=email if isinstance(email, str) and is_verified else None,
        name=name if isinstance(name, str) else None,
    )


def _signed_claims(token: str, keys: list[Key], algorithms: tuple[str, ...]) -> dict[str, Any]:
    if len(token) > LONGEST_TOKEN:
        raise ProviderError("Its token is too long.")
    registry = jws.JWSRegistry(algorithms=list(algorithms), strict_check_header=False)
    registry.max_header_length = 4096
    try:
        header = jws.extract_compact(token.encode(), registry=registry).headers()
        key = _key_for(header, keys, algorithms)
        return jwt.decode(token, key, algorithms=list(algorithms), registry=registry).claims
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise ProviderError("Its token is not signed as it should be.") from error


def _key_for(header: dict[str, Any], keys: list[Key], algorithms: tuple[str, ...]) -> Key:
    """The one key that the header names; a token brings no key of its own."""
    algorithm, kid = header.get("alg"), header.get("kid")
    if algorithm not in algorithms:
        raise ProviderError("Its token is signed in a way that is not accepted here.")
    kind = _KEY_TYPES[algorithm[0]]
    fitting = [
        key
        for key in keys
        if key.key_type == kind and key.get("alg") in {None, algorithm} and kid in {None, key.kid}
    ]
    if len(fitting) != 1:
        raise UnknownKeyError("Its token is signed with a key that it has not published.")
    return fitting[0]


def _check_claims(claims: dict[str, Any], *, issuer: str, client_id: str, now: datetime) -> None:
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=CLOCKS_APART_SECONDS,
        iss={"essential": True, "value": issuer},
        sub={"essential": True},
        aud={"essential": True, "value": client_id},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        registry.validate(claims)
    except (JoseError, ValueError, TypeError, OverflowError) as error:
        raise ProviderError("Its token is too old, or not meant for this desk.") from error
    audience, party = claims["aud"], claims.get("azp")
    is_shared = isinstance(audience, list) and len(audience) > 1
    if (is_shared or party is not None) and party != client_id:
        raise ProviderError("Its token was made for another program.")


def _subject(claims: dict[str, Any]) -> str:
    subject = str(claims["sub"])
    if not subject.isprintable() or len(subject) > LONGEST_SUBJECT:
        raise ProviderError("It calls this person something that can't be kept.")
    return subject
