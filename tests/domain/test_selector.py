"""A selector holds a passage as the reader saw it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from typo_reports.domain.selector import Selector

texts = st.text(max_size=300)


def test_a_selector_is_cut_from_a_text_with_context_on_both_sides() -> None:
    selector = Selector.from_text("one two three four", 4, 7, context=4)
    assert selector == Selector("two", "one ", " thr", 4, 7)
    assert selector.window == "one two thr"
    assert selector.window[slice(*selector.span)] == "two"


def test_context_ends_where_the_page_ends() -> None:
    assert Selector.from_text("two", 0, 3) == Selector("two", "", "", 0, 3)


def test_absent_offsets_and_context_stay_absent() -> None:
    assert Selector("two").to_json() == {"exact": "two", "prefix": "", "suffix": ""}
    assert Selector.from_json({"exact": "two", "prefix": None}) == Selector("two")


@given(texts, st.integers(0, 300), st.integers(0, 300))
def test_json_gives_the_selector_back(text: str, start: int, length: int) -> None:
    selector = Selector.from_text(text, start, start + length)
    assert Selector.from_json(selector.to_json()) == selector


@given(texts, texts, texts)
def test_the_window_holds_the_passage_at_its_span(exact: str, prefix: str, suffix: str) -> None:
    selector = Selector(exact, prefix, suffix)
    start, end = selector.span
    assert selector.window[start:end] == exact
