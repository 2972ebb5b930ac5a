"""What a provider says about itself (OpenID Connect Discovery 1.0)."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from typo_reports.domain.sso_settings import is_endpoint
from typo_reports.sso.provider_error import ProviderError

T = TypeVar("T")

WELL_KNOWN = "/.well-known/openid-configuration"
# Asymmetric ones only: `none` proves nothing, and with HS256 whoever knows the public key, or the
# client's secret, could sign.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")


class Metadata(msgspec.Struct, frozen=True):
    """The parts that we need. Lists that are left out mean what the standard says they mean."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    id_token_signing_alg_values_supported: tuple[str, ...] = ("RS256",)
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    code_challenge_methods_supported: tuple[str, ...] | None = None
    authorization_response_iss_parameter_supported: bool = False

    @property
    def algorithms(self) -> tuple[str, ...]:
        """Those of the provider's that prove something."""
        return tuple(one for one in ALGORITHMS if one in self.id_token_signing_alg_values_supported)


def discovery_address(issuer: str) -> str:
    """Where the provider tells about itself (Discovery 1.0, 4.1)."""
    return issuer.rstrip("/") + WELL_KNOWN


def read_metadata(body: bytes, *, issuer: str) -> Metadata:
    """The provider's metadata, if they are about this issuer and safe to use.

    Raises ProviderError.
    """
    found = decoded(body, Metadata, "its metadata")
    if found.issuer != issuer:
        raise ProviderError(
            f"It calls itself {found.issuer[:200]!r}, and the settings {issuer!r}: they must be "
            "the same, letter by letter."
        )
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not is_endpoint(getattr(found, name)):
            raise ProviderError(f"Its {name} is not an https:// address.")
    if not found.algorithms:
        raise ProviderError("It signs with none of the algorithms that are accepted here.")
    methods = found.code_challenge_methods_supported
    if methods is not None and "S256" not in methods:
        raise ProviderError("It does not know PKCE with S256.")
    return found


def decoded(body: bytes, kind: type[T], what: str) -> T:
    """The JSON as this kind of thing. Raises ProviderError."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProviderError(f"{what.capitalize()} can't be read.") from error
