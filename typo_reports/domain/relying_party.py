"""What passkeys are bound to: the host and the origin of the desk (W3C Web Authentication, 5.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.origin import parse_origin
from typo_reports.domain.words import N_


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """`id` is the host, which devices show and sign for; `origin` is what browsers vouch for."""

    id: str
    origin: str


def relying_party(base_url: str) -> RelyingParty | str:
    """The relying party of this address, or in words why browsers offer no passkeys there."""
    try:
        origin = parse_origin(base_url)
    except InvalidFieldsError:
        return N_("Passkeys need a host name; %(address)s has none.", address=base_url)
    scheme, _, rest = origin.partition("://")
    host = re.sub(r":\d+$", "", rest)
    if host.startswith("[") or re.fullmatch(r"[0-9.]+", host):
        return N_(
            "Passkeys need a host name, and %(host)s is an address. The desk must be reached by a "
            "name over HTTPS, or as http://localhost.",
            host=host,
        )
    if scheme != "https" and host != "localhost" and not host.endswith(".localhost"):
        return N_("Passkeys need HTTPS, and this desk is at %(address)s.", address=origin)
    return RelyingParty(host, origin)
