"""What search compares, and the grams that never leave a text out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typo_reports.domain.search_text import (
    TEXT_MOST,
    folded,
    grams,
    text_of_case,
    wanted_grams,
)

TEXTS = st.text(alphabet="abcdeß éÄяЯгд漢字かな한국어ไทยاب𠀀-.'\u00ad", min_size=0, max_size=60)


@given(before=TEXTS, middle=TEXTS, after=TEXTS)
def test_every_gram_of_a_part_is_a_gram_of_the_whole(before: str, middle: str, after: str) -> None:
    part = folded(middle)
    assert set(wanted_grams(part)) <= grams(folded(before) + part + folded(after))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("ОШИБКА В ТЕКСТЕ", "ошибка в"),
        ("Straße", "STRASSE"),
        ("Cafe\u0301", "CAFÉ"),
        ("ΛΆΘΟΣ", "λάθος"),
        ("two\n  words", "two words"),
    ],
)
def test_case_and_composition_make_no_difference(text: str, query: str) -> None:
    assert folded(query) in folded(text)


def test_accents_make_a_difference() -> None:
    assert folded("cafe") not in folded("café")


def test_two_characters_of_a_dense_script_are_enough_for_the_index() -> None:
    assert wanted_grams("漢字")
    assert wanted_grams("한국")
    assert not wanted_grams("ab")
    assert not wanted_grams("漢")
    assert not wanted_grams("")


def test_a_long_query_asks_for_few_grams_spread_over_it() -> None:
    wanted = wanted_grams("abcdefghijklmnopqrstuvwxyz" * 7)
    assert 6 <= len(wanted) <= 12


def test_the_text_of_a_case_has_the_passage_as_it_reads_and_each_part_once() -> None:
    text = text_of_case("seperate", "found two ", " cracks", ["A Page", None, "separate", "a page"])
    assert text == "found two seperate cracks\na page\nseparate"


def test_the_text_of_a_case_is_bounded() -> None:
    assert len(text_of_case("x" * 1000, "", "", [f"{number}" * 2000 for number in range(9)])) == (
        TEXT_MOST
    )


def test_no_gram_runs_from_one_part_into_the_next() -> None:
    assert not set(wanted_grams("eapag")) & grams("see\napage") - grams("apage")
