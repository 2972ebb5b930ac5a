"""The fold to find with is blind to what browsers and servers differ in; the other is not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typo_reports.domain.folding import fold_to_decide, fold_to_find

texts = st.text(max_size=200)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("a few words", "a\u00a0few\n  words"),
        ("block one block two", "block oneblock two"),
        ("hyphenated", "hy\u00adphen\u00adated"),
        ("Caf\u00e9", "cafe\u0301"),
        ("가나다", unicodedata.normalize("NFD", "가나다")),
        ("“quoted”", '"quoted"'),
        ("it’s", "it's"),
        ("a – b", "a - b"),
        ("שלום", "\u200fשלום\u200e"),
        ("Straße", "strasse".replace("ss", "ß")),
        ("Ёлка", "елка"),
        ("مـــرحبا", "مرحبا"),
    ],
)
def test_both_texts_are_one_to_find_with(text: str, other: str) -> None:
    assert fold_to_find(text).text == fold_to_find(other).text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("asi", "así"), ("git", "Git"), ("моем", "моём"), ('"a"', "“a”"), ("a-b", "a – b")],
)
def test_a_correction_of_case_accent_quote_or_dash_decides(wrong: str, right: str) -> None:
    assert fold_to_decide(wrong) != fold_to_decide(right)
    assert fold_to_find(wrong).text == fold_to_find(right).text


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("a  b", "a\u00a0b"),
        ("soft", "so\u00adft"),
        ("cafe\u0301", "caf\u00e9"),
        ("x", "\u200fx\u200b"),
    ],
)
def test_invisible_differences_do_not_decide(text: str, other: str) -> None:
    assert fold_to_decide(text) == fold_to_decide(other)


def test_a_joiner_decides_only_in_scripts_that_spell_with_it() -> None:
    assert fold_to_decide("می\u200cخواهم") != fold_to_decide("میخواهم")
    assert fold_to_decide("un\u200cused") == fold_to_decide("unused")


@given(texts)
def test_every_folded_letter_knows_its_source(text: str) -> None:
    folded = fold_to_find(text)
    places = [folded.source(at) for at in range(len(folded.text))]
    assert places == sorted(set(places))
    for at, place in enumerate(places):
        assert folded.folded(place) == at
    assert folded.source(len(folded.text)) == len(text)


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold_to_find(text).text
    assert fold_to_find(once).text == once
    assert fold_to_decide(fold_to_decide(text)) == fold_to_decide(text)


@given(texts, st.integers(0, 200), st.integers(0, 200))
def test_a_source_span_folds_to_the_span_it_came_from(text: str, start: int, length: int) -> None:
    folded = fold_to_find(text)
    start = min(start, len(folded.text))
    end = min(start + length, len(folded.text))
    low, high = folded.source_span(start, end)
    assert fold_to_find(text[low:high]).text == folded.text[start:end]


def test_offsets_are_right_far_into_a_long_text() -> None:
    text = "word \u00ad" * 20_000 + "needle" + " tail" * 20_000
    folded = fold_to_find(text)
    at = folded.text.index("needle")
    assert folded.source_span(at, at + 6) == (text.index("needle"), text.index("needle") + 6)


@pytest.mark.slow
def test_every_code_point_folds_to_at_most_one() -> None:
    everything = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    folded = fold_to_find(everything)
    assert len(folded.text) <= len(everything)
    assert folded.folded(len(everything)) == len(folded.text)
