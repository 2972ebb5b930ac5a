"""One request to a server of the operator's choice: bounded in time and size, no redirect."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.environment.identity_provider import IdentityProvider, running_provider
from tests.environment.servers import free_port
from typo_reports.bounded_http import ExchangeError, get, post_form

BACK = "https://desk.example/"


@pytest.fixture
def server() -> Iterator[IdentityProvider]:
    with running_provider(BACK) as server:
        yield server


def test_the_query_goes_with_the_path(server: IdentityProvider) -> None:
    status, body = get(f"{server.issuer}/authorize?a=b%26c", seconds=5, most_bytes=10_000)
    assert status == 200
    assert b'name="a" value="b&amp;c"' in body


def test_a_redirect_is_an_answer_like_any_other(server: IdentityProvider) -> None:
    server.misdeeds.redirects["/keys"] = f"{server.issuer}/authorize"
    status, _ = get(f"{server.issuer}/keys", seconds=5, most_bytes=10_000)
    assert status == 302
    assert server.asked == ["/keys"]


def test_an_answer_that_is_too_large_is_not_read_on(server: IdentityProvider) -> None:
    server.misdeeds.answers["/keys"] = (200, b"x" * 5_000)
    with pytest.raises(ExchangeError, match="larger than 4 KiB"):
        get(f"{server.issuer}/keys", seconds=5, most_bytes=4_096)


def test_an_answer_that_is_too_slow_is_not_waited_for(server: IdentityProvider) -> None:
    server.misdeeds.waits["/token"] = 0.6
    with pytest.raises(ExchangeError, match=r"no answer within 0\.1 seconds"):
        post_form(f"{server.issuer}/token", {"code": "x"}, seconds=0.1, most_bytes=4_096)


def test_a_server_that_is_away_is_said_in_words() -> None:
    with pytest.raises(ExchangeError, match="refused"):
        get(f"http://127.0.0.1:{free_port()}/keys", seconds=5, most_bytes=4_096)
