"""A letter as the bytes of RFC 5322: plain and HTML parts, short lines, clean headers."""

from __future__ import annotations

import binascii
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from typo_reports.mail.cleaning import header_value
from typo_reports.mail.outgoing import OutgoingLetter, Sender

# Everything leaves as ASCII: not every server on the way takes eight bits.
POLICY = SMTP.clone(cte_type="7bit")
SENDER_NAME = "Typo Reports"
CRLF = b"\r\n"
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x20\x7f]{1,64}@[A-Za-z0-9.\-]{1,253}")
_LABEL = re.compile(r"[^A-Za-z0-9-]+")


class UnusableAddressError(ValueError):
    """The address can't stand in a letter."""


def as_bytes(letter: OutgoingLetter, *, sender: Sender) -> bytes:
    """The letter ready for SMTP or for an .eml file, lines ending in CR LF.

    The same letter gives the same bytes. Raises UnusableAddressError for a bad recipient.
    """
    message = EmailMessage(policy=POLICY)
    message["Subject"] = header_value(letter.subject)
    message["From"] = _address(sender.address, SENDER_NAME)
    message["To"] = _address(letter.recipient)
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = letter.message_id
    for name, value in _list_headers(letter, sender).items():
        message[name] = value
    message["MIME-Version"] = "1.0"
    return message.as_bytes().removesuffix(CRLF) + _content(letter)


def usable_address(address: str) -> str:
    """The address with its host in ASCII; raises UnusableAddressError when it is none."""
    local_part, at, host = address.strip().rpartition("@")
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise UnusableAddressError("its host can't be written in ASCII") from error
    usable = f"{local_part}{at}{ascii_host}"
    if not usable.isascii():
        raise UnusableAddressError("letters outside ASCII before the @ are not supported")
    if not _ADDRESS.fullmatch(usable):
        raise UnusableAddressError("it is not an e-mail address")
    return usable


def _address(address: str, name: str = "") -> Address:
    try:
        return Address(name, addr_spec=usable_address(address))
    except UnusableAddressError:
        raise
    except Exception as error:
        # The parser of the standard library has more than one way to fail.
        raise UnusableAddressError("it is not an e-mail address") from error


def _list_headers(letter: OutgoingLetter, sender: Sender) -> dict[str, str]:
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if letter.list_name:
        label = _LABEL.sub("-", letter.list_name)[:64].strip("-") or "site"
        host = usable_address(sender.address).rpartition("@")[2]
        headers["List-Id"] = f"<{label}.typo-reports.{host}>"
        headers["List-Unsubscribe"] = f"<{sender.desk_url}/settings>"
    return headers


def _content(letter: OutgoingLetter) -> bytes:
    """The headers of the content and the content.

    Put together by hand: the standard library takes three times as long for a long digest.
    """
    plain = _part(letter.body_text, "plain")
    if letter.body_html is None:
        return plain
    # A boundary of the letter's own keeps a second sending byte for byte the same; "=_" can't
    # occur in quoted-printable text (RFC 2045, 6.7).
    boundary = "=_" + re.sub("[^A-Za-z0-9]", "", letter.message_id)[:60]
    head = f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n'.encode("ascii")
    between = f"\r\n--{boundary}".encode("ascii")
    html = _part(letter.body_html, "html")
    return b"".join([head, between, CRLF, plain, between, CRLF, html, between, b"--", CRLF])


def _part(content: str, subtype: str) -> bytes:
    lines = content.replace("\r\n", "\n").replace("\r", "\n")
    quoted = binascii.b2a_qp(lines.encode("utf-8", errors="replace"), istext=True)
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\n"
    encoding = b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode("ascii") + encoding + quoted.replace(b"\n", CRLF)
