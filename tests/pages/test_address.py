"""The address of a page: one for all the ways that lead to it, and no secrets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.pages.address import page_address, safe_link

ORIGINS = {"https://planet.example", "http://127.0.0.1:8000"}
PAGE = "https://planet.example/a"


@pytest.mark.parametrize(
    ("source", "url"),
    [
        (PAGE, PAGE),
        (f"{PAGE}#part", PAGE),
        (f"{PAGE}?utm_source=x&utm_medium=y", PAGE),
        (f"{PAGE}?id=3&fbclid=abc", f"{PAGE}?id=3"),
        (f"{PAGE}?b=2&a=1", f"{PAGE}?b=2&a=1"),
        (f"{PAGE}?token=s3cret&user_email=a@b", PAGE),
        (f"{PAGE}?&&", PAGE),
        ("HTTPS://Planet.Example:443/a/../a", PAGE),
        ("https://ann:pw@planet.example/a", PAGE),
        ("https://planet.example/ä?q=ö", "https://planet.example/%C3%A4?q=%C3%B6"),
    ],
)
def test_every_way_to_a_page_gives_its_one_address(source: str, url: str) -> None:
    assert page_address(source, None, ORIGINS).url == url


def test_the_pages_own_word_counts_when_it_stays_on_the_site() -> None:
    assert page_address(f"{PAGE}/amp", PAGE, ORIGINS).url == PAGE
    assert page_address(f"{PAGE}?x=1", "/a", ORIGINS).url == PAGE


@pytest.mark.parametrize(
    "canonical", ["https://evil.example/a", "javascript:alert(1)", "http://planet.example/a", ""]
)
def test_the_pages_own_word_does_not_count_elsewhere(canonical: str) -> None:
    assert page_address(PAGE, canonical, ORIGINS).url == PAGE


@pytest.mark.parametrize(
    "source",
    ["", "a", "//planet.example/a", "javascript:alert(1)", "data:text/html,x", "file:///etc/x"],
)
def test_what_is_no_web_address_is_refused(source: str) -> None:
    with pytest.raises(InvalidFieldsError) as caught:
        page_address(source, None, ORIGINS)
    assert caught.value.errors[0].code == "not-a-url"


@pytest.mark.parametrize(
    "source",
    [
        "https://evil.example/",
        "https://planet.example@evil.example/",
        "https://planet.example.evil.example/",
        "https://planet.example:8443/a",
        "http://planet.example/a",
        "http://127.0.0.1:8001/",
    ],
)
def test_a_page_of_another_origin_is_refused(source: str) -> None:
    with pytest.raises(InvalidFieldsError) as caught:
        page_address(source, None, ORIGINS)
    assert caught.value.errors[0].code == "not-of-this-site"


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    try:
        found = page_address(f"{PAGE}?{text}", text, ORIGINS)
    except InvalidFieldsError:
        return
    assert found.url.startswith(("https://planet.example/", "http://127.0.0.1:8000/"))


def test_a_link_is_safe_only_over_http() -> None:
    assert safe_link("https://cms.example/edit/1") == "https://cms.example/edit/1"
    assert safe_link("javascript:alert(1)") is None
    assert safe_link(None) is None
