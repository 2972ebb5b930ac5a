"""The word diff loses nothing, marks little, and stays quick on hostile text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typo_reports.domain.word_diff import DELETE, INSERT, KEEP, word_diff, words

TEXT = st.text(
    alphabet=st.sampled_from("ab é ' -\n,.中文ก\u0e33\u0301\u200d\u00adאبЖ😀"), max_size=60
)


def pieces(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in word_diff(old, new)]


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    found = word_diff(old, new)
    assert "".join(piece.text for piece in found if piece.kind != INSERT) == old
    assert "".join(piece.text for piece in found if piece.kind != DELETE) == new


@given(TEXT)
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(words(text)) == text


@given(TEXT)
def test_equal_texts_have_no_change(text: str) -> None:
    assert all(piece.kind == KEEP for piece in word_diff(text, text))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "selects anotation here",
            "selects annotation here",
            [
                (KEEP, "selects "),
                (DELETE, "anotation"),
                (INSERT, "annotation"),
                (KEEP, " here"),
            ],
        ),
        ("the the end", "the end", [(KEEP, "the "), (DELETE, "the "), (KEEP, "end")]),
        ("don't", "dont", [(DELETE, "don't"), (INSERT, "dont")]),
        (
            "这是第叁个",
            "这是第三个",
            [(KEEP, "这是第"), (DELETE, "叁"), (INSERT, "三"), (KEEP, "个")],
        ),
        (
            "המילה שגויא כאן",
            "המילה שגויה כאן",
            [(KEEP, "המילה "), (DELETE, "שגויא"), (INSERT, "שגויה"), (KEEP, " כאן")],
        ),
        ("a", "", [(DELETE, "a")]),
        ("", "", []),
    ],
)
def test_a_change_is_shown_as_the_words_that_change(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert pieces(old, new) == expected


def test_a_letter_keeps_the_marks_that_stand_on_it() -> None:
    assert words("e\u0301 ก\u0e33\u0e48") == ["e\u0301", " ", "ก", "\u0e33\u0e48"]


def test_texts_of_the_greatest_length_are_compared_quickly() -> None:
    hostile = [("a b " * 250, "b a " * 250), ("中" * 1000, "文" * 1000), ("ab" * 500, "ba" * 500)]
    for old, new in hostile:
        begun = time.process_time()
        word_diff(old, new)
        assert time.process_time() - begun < 0.25
