"""LanguageTool's answers are read as documented; whatever else comes does no harm."""

from __future__ import annotations

import logging
import time
from http.server import BaseHTTPRequestHandler

import pytest

from tests.spelling.languagetool_server import Answer, match, says, sends, stand_in
from typo_reports.spelling import languagetool
from typo_reports.spelling.languagetool import REST_SECONDS, LanguageTool, LanguageToolError

TEXT = "🦉🦉 She wrot teh letter."


def _ask(answer: Answer, text: str = TEXT, lang: str = "en") -> list[tuple[str, int, int]]:
    with stand_in(answer) as server:
        found = LanguageTool(server.url).ask(text, lang)
    return [(one.word, one.start, one.end) for one in found]


def test_offsets_come_in_utf_16_units_and_go_out_in_code_points() -> None:
    assert _ask(says(match(TEXT, "wrot", "wrote"))) == [("wrot", 7, 11)]


def test_it_is_asked_as_documented() -> None:
    with stand_in(says()) as server:
        LanguageTool(f"{server.url}/v2/").ask("Text & more", "de")
        assert server.asked == [("/v2/check", {"text": "Text & more", "language": "de-DE"})]


def test_fixes_come_in_the_servers_order_and_at_most_three() -> None:
    with stand_in(says(match(TEXT, "wrot", "wrote", "rot", "write", "trot"))) as server:
        (found,) = LanguageTool(server.url).ask(TEXT, "en-GB")
        assert server.asked[0][1]["language"] == "en-GB"
    assert found.suggestions == ("wrote", "rot", "write")
    assert found.kind == "misspelled"


def test_matters_of_style_are_no_errors() -> None:
    assert _ask(says(match(TEXT, "She", "He", issue="style"))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        match(TEXT, "wrot", "wrote", shift=1),
        match(TEXT, "wrot", "wrote", offset=1),
        match(TEXT, "wrot", "wrote", offset=-4),
        match(TEXT, "wrot", "wrote", length=0),
        match(TEXT, "wrot", "wrote", length=-2),
        match(TEXT, "wrot", "wrote", offset=10**12),
        match(TEXT, "wrot", "wrote", length=10**6),
    ],
)
def test_wrong_offsets_are_left_out_and_the_others_kept(wrong: dict[str, object]) -> None:
    right = match(TEXT, "teh", "the")
    assert _ask(says(wrong, right)) == [("teh", 12, 15)]


def test_a_language_that_it_does_not_speak_is_no_failure() -> None:
    assert _ask(sends(b"Error: 'xx' is not a language code", 400), lang="xx") == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (sends(b"oh dear", 500), "answers 500"),
        (sends(b"<html>", 200), "not its documented JSON"),
        (sends(b'{"matches": 3}'), "not its documented JSON"),
        (sends(b'{"matches": [{"offset": "1", "length": 2}]}'), "not its documented JSON"),
        (sends(b'{"matches": ' + b"[" * 5000), "not its documented JSON"),
        (sends(b"\xff\xfe"), "not its documented JSON"),
        (sends(b" " * 600_000), "larger than 512 KiB"),
        (sends(b"", 302, Location="http://127.0.0.1:1/v2/check"), "answers 302"),
    ],
)
def test_what_is_no_answer_is_said_in_words(answer: Answer, words: str) -> None:
    with pytest.raises(LanguageToolError, match=words):
        _ask(answer)


def _drips(handler: BaseHTTPRequestHandler, _form: dict[str, str]) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def test_a_server_that_drips_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languagetool, "SECONDS", 0.4)
    begun = time.monotonic()
    with pytest.raises(LanguageToolError, match=r"no answer within 0\.4 seconds"):
        _ask(_drips)
    assert time.monotonic() - begun < 3


def test_nobody_there_is_said_once_and_then_waited_out(caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0
    with stand_in(says(match(TEXT, "wrot", "wrote"))) as server:
        tool = LanguageTool(server.url, clock=lambda: now)
        server.answer = sends(b"", 503)
        with caplog.at_level(logging.WARNING):
            for _ in range(5):
                assert tool.findings(TEXT, "en") == []
            assert len(server.asked) == 1
            now += REST_SECONDS
            assert tool.findings(TEXT, "en") == []
            assert len([one for one in caplog.records if "LanguageTool" in one.message]) == 1
        server.answer = says(match(TEXT, "wrot", "wrote"))
        now += REST_SECONDS
        assert [one.word for one in tool.findings(TEXT, "en")] == ["wrot"]


def test_a_closed_port_is_said_in_words() -> None:
    with stand_in(says()) as server:
        url = server.url
    with pytest.raises(LanguageToolError, match="refused"):
        LanguageTool(url).ask("text", "en")


def test_the_environments_proxy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert _ask(says(match(TEXT, "wrot", "wrote"))) == [("wrot", 7, 11)]


def test_without_a_language_nobody_is_asked() -> None:
    assert LanguageTool("http://127.0.0.1:1").findings(TEXT, None) == []
