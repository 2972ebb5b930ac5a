"""Where a passage would stand that never moved, on pages whose offsets are pushed away."""

from __future__ import annotations

import pytest

from typo_reports.domain.selector import Selector
from typo_reports.pages.drift import OldPlace, old_place
from typo_reports.pages.target import target_of
from typo_reports.pages.text import PageText

TEXT = "Ships wait outside the mole. " * 40 + "Ships that arive before dawn wait outside the mole."


def placed(page: str, selector: Selector | None = None) -> OldPlace:
    at = TEXT.index("arive")
    selector = selector or Selector.from_text(TEXT, at, at + 5)
    return old_place(selector, target_of(selector, None), PageText(page))


@pytest.mark.parametrize(
    "page",
    [
        TEXT,
        TEXT.replace("outs", "out\u00ads"),
        TEXT.replace("Ships ", "Ships \u200f"),
        TEXT.replace("mole. ", "mole.[12] "),
        TEXT.replace("wait ", "wait \n  "),
        TEXT.replace("outs", "out\u00ads").replace("mole. ", "mole.[7] \n"),
    ],
)
def test_what_came_in_between_does_not_count(page: str) -> None:
    old = placed(page)
    assert old.seen == page.index("arive")
    assert old.moved(page.index("arive")) == 0


@pytest.mark.parametrize("mark", ["\u00ad", "[1]", "\n\n"])
def test_what_the_reader_saw_as_well_counts(mark: str) -> None:
    text = TEXT.replace("Ships ", f"Ships {mark}")
    at = text.index("arive")
    old = placed(text, Selector.from_text(text, at, at + 5))
    assert old.seen == old.counted == at


def test_words_that_came_in_push_the_passage_away() -> None:
    page = "A hundred letters of something new. " + TEXT
    assert placed(page).moved(page.index("arive")) == 36


def test_a_correction_within_the_passage_is_looked_for_where_it_stands() -> None:
    sentence = "Ships that arive before dawn wait"
    at = TEXT.index(sentence)
    selector = Selector.from_text(TEXT, at, at + len(sentence))
    target = target_of(selector, sentence.replace("arive", "arrive"))
    assert old_place(selector, target, PageText(TEXT)).counted == TEXT.index("arive")


def test_without_an_offset_it_is_the_beginning_of_the_page() -> None:
    old = placed(TEXT.replace("outs", "out\u00ads"), Selector("arive", "that ", " before"))
    assert (old.counted, old.moved(7)) == (0, 7)
