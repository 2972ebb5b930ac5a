"""Where passkeys can be used: on a name over HTTPS, or on localhost."""

from __future__ import annotations

import pytest

from typo_reports.domain.relying_party import RelyingParty, relying_party


@pytest.mark.parametrize(
    ("base_url", "host", "origin"),
    [
        ("https://desk.example", "desk.example", "https://desk.example"),
        ("https://Desk.Example:443", "desk.example", "https://desk.example"),
        ("https://desk.example:8443", "desk.example", "https://desk.example:8443"),
        ("http://localhost:8000", "localhost", "http://localhost:8000"),
        ("http://desk.localhost:8000", "desk.localhost", "http://desk.localhost:8000"),
        ("https://bücher.example", "xn--bcher-kva.example", "https://xn--bcher-kva.example"),
    ],
)
def test_a_name_that_browsers_trust_is_a_place_for_passkeys(
    base_url: str, host: str, origin: str
) -> None:
    assert relying_party(base_url) == RelyingParty(host, origin)


@pytest.mark.parametrize(
    ("base_url", "word"),
    [
        ("http://desk.example", "HTTPS"),
        ("http://notlocalhost", "HTTPS"),
        ("http://127.0.0.1:8000", "host name"),
        ("https://192.0.2.7", "host name"),
        ("https://[2001:db8::1]:8443", "host name"),
        ("https://desk_.example.", "host name"),
    ],
)
def test_elsewhere_it_is_said_in_words_why_not(base_url: str, word: str) -> None:
    found = relying_party(base_url)
    assert isinstance(found, str)
    assert word in found
