"""Keys, snippets and edit addresses of sites."""

from __future__ import annotations

from html.parser import HTMLParser

import ada_url
import pytest
from hypothesis import given
from hypothesis import strategies as st

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.site import (
    checked_key,
    checked_template,
    edit_url,
    is_site_key,
    key_from_name,
    snippet,
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Daily Planet", "daily-planet"),
        ("The Planet's News!", "the-planets-news"),
        ("Süddeutsche", "suddeutsche"),
        ("  ---  ", "site"),
        ("Новости", "site"),
        ("24 часа", "24"),
        ("x" * 200, "x" * 64),
        ("a" * 63 + " b", "a" * 63),
    ],
)
def test_a_key_is_made_from_the_name(name: str, key: str) -> None:
    assert key_from_name(name) == key


@given(st.text(max_size=200))
def test_whatever_the_name_the_key_is_one(name: str) -> None:
    assert is_site_key(key_from_name(name))


@pytest.mark.parametrize("key", ["", "A", "a b", "a/b", "ä", "a" * 65, "a\n", "a_b", "a\x00"])
def test_a_key_of_other_characters_is_refused(key: str) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        checked_key(key)
    assert [(error.field, error.code) for error in refusal.value.errors] == [("key", "malformed")]


def test_an_address_of_the_desk_is_no_key() -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        checked_key("new")
    assert refusal.value.errors[0].code == "taken"


def test_the_snippet_is_the_tag_of_the_contract() -> None:
    assert snippet("daily-planet", "https://desk.example") == (
        '<script async src="https://desk.example/static/js/typo-reports.js"'
        ' data-site="daily-planet"></script>'
    )


def test_the_snippet_stays_one_tag_whatever_the_address() -> None:
    found: list[tuple[str, list[tuple[str, str | None]]]] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, attrs))

    address = 'https://desk.example/"><script>alert(1)</script>&amp'
    Tags().feed(snippet("a", address))
    ((tag, attributes),) = found
    assert tag == "script"
    assert dict(attributes)["src"] == address + "/static/js/typo-reports.js"


@pytest.mark.parametrize(
    ("template", "page", "address"),
    [
        (
            "https://cms.example/edit?page={url}",
            "https://planet.example/a?b=c&d",
            "https://cms.example/edit?page=https%3A%2F%2Fplanet.example%2Fa%3Fb%3Dc%26d",
        ),
        (
            "https://cms.example/{path}/edit",
            "https://planet.example/2026/11/a%20b.html",
            "https://cms.example/2026/11/a%20b.html/edit",
        ),
        (
            "https://cms.example/posts/{slug}",
            "https://planet.example/2026/11/opening-night.html",
            "https://cms.example/posts/opening-night",
        ),
        ("https://cms.example/{slug}", "https://planet.example/", "https://cms.example/"),
        (
            "https://cms.example/x/{path}",
            "https://planet.example/a/../../b",
            "https://cms.example/x/a/b",
        ),
    ],
)
def test_the_edit_address_is_filled_in(template: str, page: str, address: str) -> None:
    assert edit_url(checked_template(template) or "", page) == address


@given(st.text(alphabet="aä/.?#%&:@\\{}url slug<>\"'\u202e", max_size=60))
def test_no_page_leads_to_another_host_than_the_templates(tail: str) -> None:
    page = "https://planet.example/" + tail
    for template in ("https://cms.example/{path}", "https://cms.example/?u={url}&s={slug}"):
        assert ada_url.URL(edit_url(template, page)).origin == "https://cms.example"


def test_the_id_of_the_page_is_filled_in_where_it_is_known() -> None:
    template = checked_template("https://cms.example/wp-admin/post.php?post={id}&action=edit")
    page = "https://planet.example/a"
    assert template is not None
    assert edit_url(template, page, "4711") == (
        "https://cms.example/wp-admin/post.php?post=4711&action=edit"
    )
    assert edit_url("https://cms.example/{id}/x", page, "a&b=c ../..") == (
        "https://cms.example/a%26b%3Dc%20../x"
    )
    assert edit_url(template, page) is None
    assert edit_url("https://cms.example/{slug}", page) == "https://cms.example/a"


@pytest.mark.parametrize("empty", ["", "   "])
def test_a_site_may_have_no_edit_address(empty: str) -> None:
    assert checked_template(empty) is None


@pytest.mark.parametrize(
    "template",
    [
        "cms.example/{url}",
        "javascript:alert({url})",
        "https://{slug}.example/",
        "https://cms.example{path}",
        "https://cms.example",
        "https://ann@cms.example/{url}",
        "https://cms.example\\{url}",
        "https://cms.example/{title}",
        "https://cms.example/{url",
        "https://cms.example/url}",
        "https://cms.example/ {url}",
        "https://cms.example/\x00",
        "https://cms.example/" + "a" * 2048,
    ],
)
def test_an_edit_address_that_could_lead_elsewhere_is_refused(template: str) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        checked_template(template)
    assert refusal.value.errors[0].field == "edit_url_template"
