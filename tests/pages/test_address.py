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
    assert page_address(f"{PAGE}?print=1", "/a", ORIGINS).url == PAGE


def test_the_pages_own_word_alone_joins_no_two_addresses() -> None:
    # Every page of a site may name its front page by mistake: the server looks first.
    assert page_address(f"{PAGE}?x=1", "/a", ORIGINS).url == f"{PAGE}?x=1"
    assert page_address(PAGE, "/", ORIGINS).url == PAGE


@pytest.mark.parametrize(
    "view",
    [
        "https://amp.paper.example/news/a",
        "https://m.paper.example/news/a",
        "https://mobile.paper.example/news/a/",
        "https://paper.example/amp/news/a",
        "https://paper.example/news/a/amp/",
        "https://paper.example/news/a.amp",
        "https://paper.example/news/a/print",
        "https://paper.example/news/a?amp",
        "https://paper.example/news/a?amp=1&utm_source=x",
        "https://paper.example/news/a?outputType=amp",
        "https://paper.example/news/a?print=1",
        "http://paper.example/news/a",
    ],
)
def test_a_view_that_names_its_page_is_that_page(view: str) -> None:
    page = "https://paper.example/news/a"
    origins = {"https://paper.example", "http://paper.example"}
    origins |= {"https://amp.paper.example", "https://m.paper.example"}
    origins |= {"https://mobile.paper.example"}
    assert page_address(view, page, origins).url == page


@pytest.mark.parametrize(
    ("view", "url"),
    [
        (f"{PAGE}?amp=1", PAGE),
        (f"{PAGE}?outputType=amp&id=2", f"{PAGE}?id=2"),
        (f"{PAGE}?print=true", PAGE),
        (f"{PAGE}?amp=60", f"{PAGE}?amp=60"),
        (f"{PAGE}/amp", f"{PAGE}/amp"),
        (f"{PAGE}/print", f"{PAGE}/print"),
    ],
)
def test_an_address_alone_joins_only_what_can_not_be_meant_otherwise(view: str, url: str) -> None:
    assert page_address(view, None, ORIGINS).url == url


_TRACKED = st.lists(
    st.sampled_from(["utm_source=x", "fbclid=1", "gclid=2", "amp=1", "print=1", "_ga=3"])
)
_KEPT = st.lists(st.sampled_from(["id=1", "id=2", "page=2", "q=amp", "utm=1", "view=list"]))


@given(kept=_KEPT, tracked=_TRACKED, data=st.data())
def test_tracking_and_views_anywhere_in_the_query_change_nothing(
    kept: list[str], tracked: list[str], data: st.DataObject
) -> None:
    mixed = list(kept)
    for part in tracked:
        mixed.insert(data.draw(st.integers(0, len(mixed))), part)
    plain = page_address(f"{PAGE}?{'&'.join(kept)}", None, ORIGINS).url
    assert page_address(f"{PAGE}?{'&'.join(mixed)}", None, ORIGINS).url == plain
    assert page_address(plain, None, ORIGINS).url == plain


@given(first=_KEPT, second=_KEPT)
def test_addresses_that_ask_for_something_else_stay_apart(
    first: list[str], second: list[str]
) -> None:
    urls = [page_address(f"{PAGE}?{'&'.join(kept)}", None, ORIGINS).url for kept in (first, second)]
    assert (urls[0] == urls[1]) == (first == second)


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
