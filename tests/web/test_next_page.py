"""Where signing in may lead: 0 of the off-site values leave the desk."""

from __future__ import annotations

from itertools import product
from urllib.parse import urljoin

import ada_url
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.people import add_people
from tests.web.plain_browser import sign_in
from typo_reports.app import create_app
from typo_reports.settings import Settings
from typo_reports.web.next_page import next_page

DESK = "http://desk.example"
STARTS = (
    "//", "///", "////", "/\\", "\\\\", "\\/", "/\t/", "/\n/", "/\r\n/", "\t//", " //", "/ /",
    "http://", "https://", "HTTPS:", "http:", "http:/", "https:///", "ftp://", "//\\", "/\\/",
    "/%09/", "/\x00/", "\x00//", "/\u2028/", "\u200b//", "//user@", "https://desk.example@",
    "/queue//", "/queue\\", "/./\\", "/.//", "/..//", "/sign-in/..//",
)  # fmt: skip
HOSTS = (
    "evil.example",
    "evil.example/queue",
    "evil.example%2f..",
    "[::1]/",
    "①②.evil.example",
    "2130706433",
)
NOWHERE = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "mailto:a@b.c",
    "queue", "./queue", "../queue", "?next=/queue", "#top", "", " ", "*", "null",
    "/nowhere", "/queue\r\nSet-Cookie: a=b", "/queue\nLocation: //evil.example", "/queue#\x00",
    "/api/v1/nowhere", "/sign-in", "/sign-in?next=//evil.example", "/sign-out",
    "/static/css/desk.css", "/sites/../..//evil.example", "/queue?" + "a" * 3000,
)  # fmt: skip
OFF_SITE = [start + host for start, host in product(STARTS, HOSTS)]


@pytest.fixture(scope="module")
def bare_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application is enough, and no database: nothing is stored here."""
    folder = tmp_path_factory.mktemp("next_page")
    url = f"sqlite:///{folder}/empty.sqlite3"
    return create_app(
        Settings(data_dir=folder, database_url=url, secret_key="s" * 32, base_url=DESK)
    )


def test_there_are_enough_values_that_lead_off_the_site() -> None:
    assert len(OFF_SITE) >= 200


@pytest.mark.parametrize("value", [*OFF_SITE, *NOWHERE])
def test_no_value_leads_off_the_site_or_nowhere(bare_app: Flask, value: str) -> None:
    with bare_app.test_request_context("/"):
        assert next_page(value) is None


@pytest.mark.parametrize(
    "value",
    ["/", "/queue", "/queue?site=a&status=open&q=%D1%85%20y", "/sites/planet", "/settings/editors"],
)
def test_a_page_of_the_desk_is_gone_on_to(bare_app: Flask, value: str) -> None:
    with bare_app.test_request_context("/"):
        assert next_page(value) == value


@settings(max_examples=500, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("/\\.:@?#%&= \t\n\r\x000aeqstu\u2028\u200b\u202e／。"), max_size=20
    )
)
def test_whatever_passes_stays_with_the_desk_in_a_browser(bare_app: Flask, tail: str) -> None:
    with bare_app.test_request_context("/"):
        for value in (tail, "/" + tail, "/queue" + tail, "/sites/" + tail):
            accepted = next_page(value)
            if accepted is not None:
                assert ada_url.URL(accepted, base=DESK).origin == DESK
                assert urljoin(DESK, accepted).startswith(DESK + "/")


@pytest.mark.parametrize("value", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_signing_in_with_an_off_site_value_leads_to_the_queue(
    app: Flask, client: FlaskClient, value: str
) -> None:
    with app.extensions["typo_reports"].database.writing() as session:
        add_people(session)
    assert 'name="next"' not in client.get("/sign-in", query_string={"next": value}).text
    assert sign_in(client, "bob", next=value).location == "/queue"
    assert client.get("/sign-in", query_string={"next": value}).location == "/queue"
