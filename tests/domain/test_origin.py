"""Origins as people write them, and as browsers send them."""

from __future__ import annotations

import ada_url
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.origin import LONGEST_ORIGIN, parse_origin

SAME_ORIGIN = {
    "https://example.org": "https://example.org",
    "https://Example.org:443": "https://example.org",
    "HTTPS://example.org/": "https://example.org",
    "  https://example.org ": "https://example.org",
    "http://example.org:80": "http://example.org",
    "http://example.org:443": "http://example.org:443",
    "https://example.org:0443": "https://example.org",
    "https://example.org:8443": "https://example.org:8443",
    "http://localhost:8000": "http://localhost:8000",
    "http://127.0.0.1:8000": "http://127.0.0.1:8000",
    "http://[::1]:8000": "http://[::1]:8000",
    "http://[2001:DB8:0:0::1]": "http://[2001:db8::1]",
    "https://bücher.example": "https://xn--bcher-kva.example",
    "https://BÜCHER.example": "https://xn--bcher-kva.example",
    "https://bu\u0308cher.example": "https://xn--bcher-kva.example",
    "https://xn--bcher-kva.example": "https://xn--bcher-kva.example",
    "https://faß.example": "https://xn--fa-hia.example",
    "https://газета.рф": "https://xn--80aahjj1e.xn--p1ai",
    "https://日本。jp": "https://xn--wgv71a.jp",
    "https://ａｂｃ.example": "https://abc.example",
    "https://my_blog.example": "https://my_blog.example",
}

NO_ORIGIN = [
    "",
    "null",
    "*",
    "https://*",
    "https://*.example.org",
    "example.org",
    "//example.org",
    "https:example.org",
    "https://",
    "https:///",
    "https:///path",
    "https://example.org/path",
    "https://example.org//",
    "https://example.org?q",
    "https://example.org#top",
    "https://example.org\\@evil.example",
    "https://ann@example.org",
    "https://ann:secret@example.org",
    "ftp://example.org",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://example.org.",
    "https://.example.org",
    "https://exa mple.org",
    "https://exa\tmple.org",
    "https://example.org\nhttps://evil.example",
    "https://example.org\x00",
    "https://example.org:0",
    "https://example.org:65536",
    "https://example.org:port",
    "https://example.org:",
    "https://example.org:443:443",
    "https://-example.org",
    "https://example-.org",
    "https://a..b",
    "https://1.2.3",
    "https://1.2.3.4.5",
    "https://256.1.1.1",
    "https://0x7f.1",
    "https://2130706433",
    "https://[::1",
    "https://[::g]",
    "https://[fe80::1%eth0]",
    "https://example\u200b.org",
    "https://ex\u202eample.org",
    "https://\u0301a.example",
    "https://exam%70le.org",
    "https://" + "a" * 64 + ".example",
    "https://" + ".".join(["a" * 60] * 5),
    "https://example.org\ud800",
]


@pytest.mark.parametrize(("written", "sent"), SAME_ORIGIN.items())
def test_an_origin_is_kept_as_browsers_send_it(written: str, sent: str) -> None:
    assert parse_origin(written) == sent
    assert ada_url.URL(sent).origin == sent


@pytest.mark.parametrize("written", NO_ORIGIN)
def test_what_is_no_exact_origin_is_refused_in_words(written: str) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        parse_origin(written)
    (error,) = refusal.value.errors
    assert (error.field, error.code) == ("origins", "malformed")
    assert error.message.endswith(".")
    assert len(error.message) < 250


def test_normalising_twice_changes_nothing() -> None:
    for sent in SAME_ORIGIN.values():
        assert parse_origin(sent) == sent


LETTERS = "aZ09-_.:@/%ßüÅéïşğıİкЯёςΣعبهदेवक日本語ไทย한국０ａ。"


@settings(max_examples=500, deadline=None)
@given(
    scheme=st.sampled_from(["http://", "https://", "HTTPS://"]),
    host=st.text(alphabet=LETTERS, min_size=1, max_size=24),
    port=st.sampled_from(["", ":80", ":443", ":8080", ":00443", ":65536"]),
)
def test_what_is_accepted_is_what_a_browser_makes_of_it(scheme: str, host: str, port: str) -> None:
    written = scheme + host + port
    try:
        sent = parse_origin(written)
    except InvalidFieldsError:
        return
    assert len(sent) <= LONGEST_ORIGIN
    assert sent.isascii()
    if ada_url.check_url(written):
        assert sent == ada_url.URL(written).origin
