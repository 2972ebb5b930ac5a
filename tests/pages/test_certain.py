"""What decides alone where it stands once, so that the page's script needs no search."""

from __future__ import annotations

import pytest

from typo_reports.domain.selector import Selector
from typo_reports.pages.certain import certain_window
from typo_reports.pages.refind import refind

TEXT = (
    "The harbour office opens at nine, and the flag goes up. Ships that arive before dawn wait "
    "outside the mole, and there crews drink coffee on deck until the pilot comes."
)


def selected(piece: str, text: str = TEXT) -> Selector:
    start = text.index(piece)
    return Selector.from_text(text, start, start + len(piece), context=200)


def test_it_is_the_wrong_piece_in_as_much_of_its_surroundings_as_is_searched() -> None:
    window = certain_window(selected("arive"), "arrive")
    assert window is not None
    before, wrong, after = window
    assert wrong == "arive"
    assert before + wrong + after in TEXT
    assert 64 <= len(before) < 90
    assert 64 <= len(after) < 90


def test_of_a_sentence_it_is_the_word_that_the_correction_changes() -> None:
    sentence = "Ships that arive before dawn wait outside the mole"
    window = certain_window(selected(sentence), sentence.replace("arive", "arrive"))
    assert window is not None
    assert window[1] == "arive"


def test_refinding_agrees_where_it_stands() -> None:
    window = certain_window(selected("arive"), "arrive")
    assert window is not None
    page = "Something new. " + "".join(window) + "! Nothing else is left."
    finding = refind(selected("arive"), page, suggestion="arrive")
    assert finding.state == "present"
    assert page[finding.start : finding.end] == "arive"


@pytest.mark.parametrize(
    ("selector", "suggestion"),
    [
        (Selector("arive", "", " before dawn wait outside the mole"), None),
        (Selector("arive", "The ships that we saw all ", ""), None),
        (Selector("arive", "that ", " before"), None),
        (Selector("arive", "Ships that we know ", " before dawn"), "arrive " + "at last " * 9),
        (Selector("arive", "Ships that we know ", " \u1100\u1161 before dawn"), None),
        (Selector("\u00adarive", "Ships that we know ", " before dawn"), None),
        (Selector("7", "1, 2, 3, 4, 5, 6, ", ", 8, 9, 10, 11, 12"), None),
    ],
    ids=["no left", "no right", "too little", "long", "jamo", "mark", "numbers"],
)
def test_where_more_has_to_be_looked_at_nothing_is_certain(
    selector: Selector, suggestion: str | None
) -> None:
    assert certain_window(selector, suggestion) is None
