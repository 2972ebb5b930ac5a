"""A letter as bytes: nothing that anybody wrote adds a header, ends them or breaks a line."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

import pytest

from tests.mail.posting import SENDER, letter
from typo_reports.mail.message import UnusableAddressError, as_bytes, usable_address
from typo_reports.mail.outgoing import OutgoingLetter, Sender

US = Sender(SENDER, desk_url="https://desk.example")
HEADERS = [
    "Subject",
    "From",
    "To",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
]
# Everything that some parser takes for the end of a line, alone and in pairs, and what an
# attacker would write after it: 15 separators in 4 shapes, and 20 payloads of other kinds.
SEPARATORS = [
    "\r",
    "\n",
    "\r\n",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1d",
    "\x1e",
    "\x1f",
    "\x85",
    "\u2028",
    "\u2029",
    "\x00",
    "\r\n ",
    "\n\t",
]
SHAPES = ["x{0}Bcc: eve@evil.example", "x{0}{0}body", "{0}Bcc: eve@evil.example", "x{0}"]
OTHERS = [
    "=?utf-8?q?x=0D=0ABcc:_eve@evil.example?=",
    "=?utf-8?b?DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=",
    "=?utf-8?q?unfinished",
    "%0d%0aBcc: eve@evil.example",
    "\\r\\nBcc: eve@evil.example",
    "a" * 5_000,
    "a " * 5_000,
    "é" * 5_000,
    "é\r\n" * 500,
    "😀" * 300,
    "\ud800",
    "x\udfff\r\nBcc: eve@evil.example",
    "\u202egnp.exe",
    "\u2066x\u2069",
    "<eve@evil.example>",
    '"eve" <eve@evil.example>, ',
    "\x7f\x1b[2J",
    " ",
    "",
    "To: eve@evil.example",
]
PAYLOADS = [shape.format(mark) for mark in SEPARATORS for shape in SHAPES] + OTHERS


def parsed(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def sent(written: OutgoingLetter) -> EmailMessage:
    return parsed(as_bytes(written, sender=US))


def test_there_are_eighty_payloads() -> None:
    assert len(PAYLOADS) == 80


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(80))
def test_no_payload_adds_or_changes_a_header(payload: str) -> None:
    harmless = sent(letter())
    poisoned = sent(letter(subject=payload, body_text=payload, body_html=f"<p>{payload}</p>"))
    assert poisoned.keys() == harmless.keys() == HEADERS
    for name in HEADERS[1:]:
        assert poisoned[name] == harmless[name]
    raw = as_bytes(letter(subject=payload), sender=US)
    head, _, body = raw.partition(b"\r\n\r\n")
    assert body.startswith(b"--=_")
    assert all(byte in b"\r\n" or 32 <= byte < 127 for byte in head)
    assert not any(line.lower().startswith(b"bcc") for line in head.splitlines())


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(80))
def test_no_payload_in_the_name_of_a_site_changes_the_other_headers(payload: str) -> None:
    message = sent(letter(list_name=payload))
    assert [name for name in message if not name.startswith("List-")] == HEADERS
    assert message["List-Unsubscribe"] in (None, "<https://desk.example/settings>")


def test_a_digest_says_which_list_it_is_and_where_to_leave_it() -> None:
    message = sent(letter(list_name="daily-planet"))
    assert message["List-Id"] == "<daily-planet.typo-reports.gazette.example>"
    assert message["List-Unsubscribe"] == "<https://desk.example/settings>"
    assert sent(letter())["List-Id"] is None


def test_lines_are_short_and_ascii_whatever_the_text() -> None:
    text = "x" * 20_000 + "\n" + "Абвгд " * 2_000 + "\n.\n..\nFrom me\n"
    raw = as_bytes(letter(subject="Ж" * 150, body_text=text, body_html=text), sender=US)
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert b"\r\n.\r\n" not in raw


def test_the_text_arrives_as_it_was() -> None:
    text = "Zeile eins – “zwei”\n\n" + "слово " * 100 + "\n.\nشوكولاتة 日本語 😀 =3D = \tend\n"
    body = sent(letter(body_text=text)).get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == text


def test_a_lone_surrogate_becomes_a_question_mark() -> None:
    body = sent(letter(body_text="x\ud800y\n")).get_body(("plain",))
    assert body is not None
    assert body.get_content() == "x?y\r\n"


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert as_bytes(letter(), sender=US) == as_bytes(letter(), sender=US)


def test_a_letter_without_html_is_plain_text() -> None:
    message = sent(letter(body_html=None))
    assert message.get_content_type() == "text/plain"
    assert message.get_content() == "Seven cases.\r\n"


@pytest.mark.parametrize(
    "address",
    [
        "ann@x.example\nBcc: eve@x.example",
        "ann@x.example, eve@x.example",
        "Ann <ann@x.example>",
        "ann\x00@x.example",
        "ann@x.example\x0c",
        "änn@x.example",
        "ann@" + "x" * 300,
        "ann@xn--\udc80",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    if address.strip() != address:
        assert usable_address(address) == address.strip()
        return
    with pytest.raises(UnusableAddressError):
        as_bytes(letter(recipient=address), sender=US)
