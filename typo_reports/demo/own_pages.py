"""The demo reads its own newspaper, which stands on this machine and on no public address."""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from urllib.parse import urlsplit

from typo_reports.settings import Network, Settings

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))


def may_read_itself(settings: Settings) -> Settings:
    """The settings, with the address under which the demo serves itself opened for reading."""
    host = urlsplit(settings.base_url).hostname or ""
    networks: tuple[Network, ...]
    try:
        networks = (ipaddress.ip_network(host),)
    except ValueError:
        networks = LOOPBACK if host == "localhost" else ()
    return replace(settings, private_origins=(*settings.private_origins, *networks))
