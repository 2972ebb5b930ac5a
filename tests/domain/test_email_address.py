"""Which e-mail addresses are accepted, and which are one account."""

from __future__ import annotations

import pytest

from typo_reports.domain.email_address import checked_email, email_key
from typo_reports.domain.errors import InvalidFieldsError


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("ann@planet.example", "ann@planet.example"),
        (" Ann.O'Neil+desk@Planet.Example ", "Ann.O'Neil+desk@planet.example"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("root@localhost", "root@localhost"),
    ],
)
def test_an_address_is_kept_as_mail_servers_know_it(given: str, kept: str) -> None:
    assert checked_email(given) == kept


@pytest.mark.parametrize(
    "given",
    [
        "ann",
        "@planet.example",
        "ann@",
        "ann@planet..example",
        "ann@@planet.example",
        "ann b@planet.example",
        "ann@planet.example\r\nBcc: eve@evil.example",
        "ann\x00@planet.example",
        "ann\x0b@planet.example",
        "Ann <ann@planet.example>",
        "ann,eve@planet.example",
        "ann@planet.example,eve@evil.example",
        '"ann"@planet.example',
        "a" * 65 + "@planet.example",
        "ann@" + "a" * 400 + ".example",
        "änn@planet.example",
        "ann\ud800@planet.example",
    ],
)
def test_what_is_no_plain_address_is_refused(given: str) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        checked_email(given)
    assert [(e.field, e.code) for e in refusal.value.errors] == [("email", "malformed")]
    assert email_key(given) is None


def test_an_empty_address_is_asked_for() -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        checked_email("  ")
    assert refusal.value.errors[0].code == "required"


def test_letter_case_makes_no_second_account() -> None:
    assert email_key(" ANN@Planet.example") == email_key("ann@PLANET.EXAMPLE")
    assert email_key("ann@planet.example") != email_key("anne@planet.example")
