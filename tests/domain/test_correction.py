"""The corrected piece is the same, however much was selected around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typo_reports.domain.correction import Change, change_of

texts = st.text(max_size=80)


@pytest.mark.parametrize(
    ("exact", "suggestion", "removed", "put"),
    [
        ("anotation", "annotation", "anotation", "annotation"),
        ("an anotation here", "an annotation here", "anotation", "annotation"),
        ("mole and", "mole, and", "", ","),
        ("influencedby", "influenced by", "influencedby", "influenced by"),
        ("Pour en en savoir", "Pour en savoir", "en ", ""),
        ("en en", "en", " en", ""),
        (" anotation ", "annotation", "anotation", "annotation"),
        ("船只必需在", "船只必须在", "需", "须"),
    ],
)
def test_only_the_words_that_differ_are_changed(
    exact: str, suggestion: str, removed: str, put: str
) -> None:
    change = change_of(exact, suggestion)
    assert change is not None
    assert (exact[change.start : change.end], change.replacement) == (removed, put)


def test_a_short_suggestion_for_a_long_passage_is_meant_for_the_word_like_it() -> None:
    exact = "The reader selects an anotation in a web page and writes a word."
    change = change_of(exact, "annotation")
    at = exact.index("anotation")
    assert change == Change(at, at + len("anotation"), "annotation")


def test_a_passage_taken_out_for_the_most_part_is_no_suggestion_for_one_word() -> None:
    change = change_of("of of of of the page", "of the page")
    assert change is not None
    assert change.replacement == ""


@pytest.mark.parametrize(
    "suggestion", [None, "", "  ", "a word", " a word\n", "a\u00a0word", "a wo\u00adrd"]
)
def test_no_suggestion_or_the_same_text_changes_nothing(suggestion: str | None) -> None:
    assert change_of("a word", suggestion) is None


@given(texts, texts)
def test_the_change_carried_out_gives_the_suggestion(exact: str, suggestion: str) -> None:
    change = change_of(exact, suggestion)
    if change is None:
        return
    assert 0 <= change.start <= change.end <= len(exact)
    carried_out = exact[: change.start] + change.replacement + exact[change.end :]
    if len(suggestion.strip()) * 2 >= len(exact.strip()):
        assert carried_out.strip() == suggestion.strip()
