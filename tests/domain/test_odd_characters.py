"""Characters that can't be seen or told apart are pointed out, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typo_reports.domain.odd_characters import LOOKALIKE, PLAIN, UNSEEN, runs


def odd(text: str, *, every: bool = True) -> list[tuple[str, str]]:
    return [
        (run.kind, run.label or run.text) for run in runs(text, every=every) if run.kind != PLAIN
    ]


@given(st.text(), st.booleans())
def test_the_runs_joined_are_the_text(text: str, every: bool) -> None:
    assert "".join(run.text for run in runs(text, every=every)) == text


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("a\u00a0b", "NBSP"),
        ("a\u00adb", "SHY"),
        ("a\u200bb", "ZWSP"),
        ("می\u200cخواهم", "ZWNJ"),
        ("a\u202eb", "RLO"),
        ("a\x0bb", "U+000B"),
        ("a\ue000b", "U+E000"),
        ("a\u2028b", "U+2028"),
        ("a\tb", "TAB"),
    ],
)
def test_the_unseen_is_named(text: str, label: str) -> None:
    assert odd(text) == [(UNSEEN, label)]


def test_ordinary_writing_is_left_alone() -> None:
    for text in (
        "naïve “quotes” – ok…",
        "Ёлка, Україна",
        "日本語、中文",
        "😀👩\u200d👩\u200d👧",
        "a\nb",
        "ﬁne",
    ):
        assert odd(text) == []


def test_letters_of_another_script_within_a_word_are_pointed_out() -> None:
    assert odd("P\u0430yPal") == [(LOOKALIKE, "\u0430")]
    assert odd("м\u006fсква") == [(LOOKALIKE, "o")]
    assert odd("the α and я words") == []


def test_around_the_passage_only_what_turns_the_direction_is_shown() -> None:
    assert odd("a\u00a0b P\u0430y", every=False) == []
    assert odd("a\u202eb", every=False) == [(UNSEEN, "RLO")]
