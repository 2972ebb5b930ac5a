"""What strangers wrote, made harmless for a letter."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typo_reports.mail.cleaning import (
    WORD_JOINER,
    header_value,
    one_line,
    passage,
    reader_text,
)


@given(st.text(alphabet=st.characters(), max_size=60))
def test_a_line_is_one_line_that_can_be_encoded(text: str) -> None:
    line = one_line(text)
    assert line.splitlines() in ([], [line])
    assert line.encode("utf-8").decode() == line
    assert line == line.strip()


@given(st.text(alphabet=st.characters(), max_size=60))
def test_a_passage_keeps_its_three_parts_apart_and_on_one_line(text: str) -> None:
    before, exact, after = passage(text, text, text, around=20, most=30)
    for part in (before, exact, after):
        assert "\n" not in part
        assert "\u202e" not in part


def test_white_space_of_every_kind_becomes_one_space() -> None:
    assert one_line(" a\r\n\tb\x0b\x0c\x1c\x85\u2028\u00a0c ") == "a b c"


def test_control_characters_are_shown_as_replaced() -> None:
    assert one_line("a\x00b\x1b[2Jc\ud800") == "a\ufffdb\ufffd[2Jc\ufffd"


def test_a_long_line_is_cut_with_an_ellipsis() -> None:
    assert one_line("abcdef", most=4) == "abc…"
    assert one_line("abcd", most=4) == "abcd"


def test_a_header_loses_marks_of_direction() -> None:
    assert header_value("a\u202eb\u200fc") == "abc"


def test_a_body_names_marks_of_direction() -> None:
    assert reader_text("a\u202eb", most=100) == "a[U+202E]b"


@pytest.mark.parametrize(
    "text",
    [
        "http://evil.example/x",
        "HTTPS://EVIL.EXAMPLE",
        "www.evil.example",
        "evil.example",
        "evil.рф",
        "eve@evil.example",
        "mailto:eve@evil.example",
        "javascript:alert(1)",
    ],
)
def test_what_a_mail_program_would_link_is_broken_invisibly(text: str) -> None:
    shown = reader_text(f"see {text} now", most=100)
    assert text not in shown
    assert shown.replace(WORD_JOINER, "") == f"see {text} now"


@pytest.mark.parametrize("text", ["3.14", "10:30", "z. B.", "The end. A new one.", "Note: this"])
def test_ordinary_punctuation_stays_untouched(text: str) -> None:
    assert reader_text(text, most=100) == text


def test_spaces_at_the_edges_of_the_passage_stay() -> None:
    assert passage("the old ", "bridge", " over", around=60, most=300) == (
        "the old ",
        "bridge",
        " over",
    )


def test_long_parts_of_a_passage_are_cut_where_it_hurts_least() -> None:
    before, exact, after = passage("a" * 100, "b" * 100, "c" * 100, around=10, most=20)
    assert before == "…" + "a" * 10
    assert exact == "b" * 10 + " … " + "b" * 10
    assert after == "c" * 10 + "…"


def test_the_longest_texts_take_no_time() -> None:
    for piece in ("a", "a.", "@", "a:", "\u202e", "\x00", " \n", "www."):
        text = piece * (2_000 // len(piece))
        begun = time.process_time()
        reader_text(text, most=2_000)
        passage(text, text, text, around=200, most=1_000)
        assert time.process_time() - begun < 0.05
