"""Origins (scheme, host, port) as a browser writes them in the `Origin` header."""

from __future__ import annotations

import ipaddress
import re
import unicodedata

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.words import N_, NN_, Words

DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST_ORIGIN = 300

_SHAPE = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:.]{2,45}\]|[^\s/?#@\\:\[\]]{1,253})"
    r"(?::(?P<port>[0-9]{1,5}))?/?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_TOO_LONG = NN_(
    "it is longer than %(num)s character", "it is longer than %(num)s characters", LONGEST_ORIGIN
)
# Other full stops that a browser reads as a dot (UTS 46).
_DOTS = str.maketrans(dict.fromkeys("。．｡", "."))


def parse_origin(text: str) -> str:
    """`https://Example.org:443/` → `https://example.org`; names in other scripts → punycode.

    Raises InvalidFieldsError (field `origins`, code `malformed`) for anything that is not one
    exact http or https origin: paths, wildcards, `null`, user names, trailing dots.
    """
    text = text.strip()
    if "*" in text:
        raise _refused(text, N_("wildcards are not allowed, name each address"))
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise _refused(text, N_("write scheme and host only, such as https://paper.example"))
    scheme = found["scheme"].lower()
    host = host_as_sent(found["host"])
    if host is None:
        raise _refused(text, N_("its host is not a name or an address"))
    origin = f"{scheme}://{host}{_port(text, scheme, found['port'])}"
    if len(origin) > LONGEST_ORIGIN:
        raise _refused(text, _TOO_LONG)
    return origin


def host_as_sent(host: str) -> str | None:
    """The host in lower-case ASCII, as a browser sends it, or None when it is none."""
    if host.startswith("["):
        return _ipv6(host)
    # Letter by letter: str.lower() makes a final sigma where browsers make a plain one.
    host = "".join(map(str.lower, unicodedata.normalize("NFKC", host.translate(_DOTS))))
    # Lower-casing can leave sequences that are not composed (İ), so once more.
    labels = [_ascii_label(label) for label in unicodedata.normalize("NFKC", host).split(".")]
    if not all(label is not None and _LABEL.fullmatch(label) for label in labels):
        return None
    name = ".".join(label for label in labels if label)
    # A browser reads a name whose last label is a number as an IPv4 address, in odd ways unless
    # it is written as four plain numbers.
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1] or ""):
        return _ipv4(name)
    return name if len(name) <= 253 else None


def _ascii_label(label: str) -> str | None:
    if label.isascii():
        return label
    if not all(_may_stand_in_a_name(character) for character in label):
        return None
    if unicodedata.category(label[0]).startswith("M"):
        return None
    return "xn--" + label.encode("punycode").decode("ascii")


def _may_stand_in_a_name(character: str) -> bool:
    if character == "-" or character.isascii():
        return character.isalnum() or character in "-_"
    category = unicodedata.category(character)
    return category[0] in "LMN" or category == "So" or character in "·・"


def _ipv4(text: str) -> str | None:
    try:
        return str(ipaddress.IPv4Address(text))
    except ValueError:
        return None


def _ipv6(text: str) -> str | None:
    try:
        return f"[{ipaddress.IPv6Address(text[1:-1])}]"
    except ValueError:
        return None


def _port(text: str, scheme: str, digits: str | None) -> str:
    if digits is None or int(digits) == DEFAULT_PORTS[scheme]:
        return ""
    if not 1 <= int(digits) <= 65535:
        raise _refused(text, N_("its port is not a number from 1 to 65535"))
    return f":{int(digits)}"


def _refused(text: str, why: Words) -> InvalidFieldsError:
    shown = text if len(text) <= 80 else text[:79] + "…"
    return InvalidFieldsError.of(
        "origins", "malformed", N_("“%(shown)s” is not an origin: %(why)s.", shown=shown, why=why)
    )
