"""Which addresses of the network may be fetched from, and which address a host has.

Python's own `is_global` and `is_private` each let dangerous ranges through (multicast, NAT64, 6to4,
shared address space), so the rule is the other way round: everything is refused that is not plain
public unicast by the IANA special-purpose registries.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Collection, Sequence

from typo_reports.domain.words import N_
from typo_reports.pages.fetch_error import FetchError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Sequence[str]]

_FORBIDDEN_V4_TEXT = (
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
    "192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 "
    "198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
)
_FORBIDDEN_V4 = tuple(ipaddress.ip_network(text) for text in _FORBIDDEN_V4_TEXT.split())
# All global unicast of IPv6 is in here; mapped, compatible, NAT64, site-local, link-local, unique
# local and multicast addresses are outside of it.
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")
# Within it: IETF protocols with Teredo and ORCHID, documentation, 6to4, AS112.
_FORBIDDEN_V6_TEXT = "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20"
_FORBIDDEN_V6 = tuple(ipaddress.ip_network(text) for text in _FORBIDDEN_V6_TEXT.split())

# The one name that is an address by definition (RFC 6761).
_LOCALHOST = "localhost"


def is_public(address: Address) -> bool:
    """Whether the address is plain public unicast."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _FORBIDDEN_V4)
    if address.scope_id is not None or address not in _GLOBAL_V6:
        return False
    return not any(address in network for network in _FORBIDDEN_V6)


def safe_addresses(
    host: str,
    port: int,
    *,
    private: Collection[Network] = (),
    seconds: float,
    resolve: Resolve | None = None,
) -> list[str]:
    """The addresses of the host, looked up once, every one of them allowed.

    A host that is no public one must be written as the address itself (or as localhost) and lie
    in one of the `private` networks: a name may never lead inside. Raises FetchError.
    """
    name = host.removeprefix("[").removesuffix("]")
    literal = _address(name)
    if literal is not None:
        found = [literal]
    else:
        found = [_of_answer(text) for text in _resolved(name, port, seconds, resolve)]
    if not found:
        raise FetchError("unreachable", N_("The host %(name)s has no address.", name=name))
    may_be_private = literal is not None or name == _LOCALHOST
    for address in found:
        if not is_public(address) and not (may_be_private and _is_in(address, private)):
            raise FetchError(
                "refused", N_("The address of %(name)s is not a public one.", name=name)
            )
    return [str(address) for address in sorted(found, key=lambda address: address.version)]


def _is_in(address: Address, networks: Collection[Network]) -> bool:
    return any(address.version == net.version and address in net for net in networks)


def _address(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _of_answer(text: str) -> Address:
    address = _address(text)
    if address is None:
        raise FetchError("refused", N_("The host has an address that can't be read."))
    return address


def _resolved(host: str, port: int, seconds: float, resolve: Resolve | None) -> Sequence[str]:
    """What the resolver answers. In a thread, because the system's resolver knows no time limit."""
    answers: queue.Queue[Sequence[str] | OSError] = queue.Queue(1)

    def ask() -> None:
        try:
            answers.put((resolve or _system_resolve)(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0.01))
    except queue.Empty as error:
        raise FetchError(
            "unreachable", N_("Looking up %(host)s took too long.", host=host)
        ) from error
    if isinstance(answer, OSError):
        raise FetchError(
            "unreachable", N_("The host %(host)s can't be found.", host=host)
        ) from answer
    return answer


def _system_resolve(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
