"""A passage is found again where it stands now, and what became of it is said truly."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from typo_reports.domain.selector import Selector
from typo_reports.pages import places, refind, standing
from typo_reports.pages.refind import Finding
from typo_reports.pages.text import PageText, page_text

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "refind.json").read_text(encoding="utf-8")
)
TEXT = (
    "The harbour office opens at nine. Ships that arive before dawn wait outside the mole, and "
    "there crews drink coffee on deck. Nobody minds the wait, becuase the view is fine."
)


def selected(piece: str, text: str = TEXT) -> Selector:
    start = text.index(piece)
    return Selector.from_text(text, start, start + len(piece))


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_the_vectors_shared_with_the_page_script_hold(vector: dict[str, Any]) -> None:
    finding = refind.refind(
        Selector.from_json(vector["selector"]), vector["text"], suggestion=vector["suggestion"]
    )
    assert (finding.state, finding.start, finding.end) == (
        vector["state"],
        vector["start"],
        vector["end"],
    )


def test_a_finding_tells_before_and_after() -> None:
    finding = refind.refind(selected("arive"), TEXT.replace("arive", "arrive"))
    assert (finding.before, finding.after) == ("arive", "arrive")


def test_a_replaced_word_is_surely_fixed() -> None:
    assert refind.refind(selected("arive"), TEXT.replace("arive", "arrive")).fixed


def test_a_word_beside_which_only_punctuation_changed_is_not_surely_fixed() -> None:
    finding = refind.refind(selected("arive"), TEXT.replace("arive", "arive,"))
    assert finding.state == "changed"
    assert not finding.fixed


def test_a_suggested_word_in_surroundings_half_rewritten_is_not_surely_fixed() -> None:
    rewritten = "Boats which reach us arrive before dawn wait far from here, where cooks brew tea."
    finding = refind.refind(selected("arive"), rewritten, suggestion="arrive")
    assert not finding.fixed


@pytest.mark.parametrize(
    ("rewritten", "is_fixed"),
    [
        ("Ships that arrive early wait outside. Ships may also arive at noon, and wait", False),
        ("Ships that arrive early wait outside. Ships may also come at noon, and wait", True),
        ("Ships that arrive early wait outside. Ships are no arivederci at noon, and wait", True),
    ],
)
def test_an_error_that_moved_to_the_next_sentence_is_not_fixed(
    rewritten: str, is_fixed: bool
) -> None:
    text = TEXT.replace("Ships that arive before dawn wait", rewritten)
    finding = refind.refind(selected("arive"), text, suggestion="arrive")
    assert (finding.state, finding.fixed) == ("changed", is_fixed)


def test_a_word_of_the_language_that_stands_everywhere_lingers_nowhere() -> None:
    text = TEXT.replace("that arive", "is") + " It is here. There is more. Who is it? What is it?"
    rewritten = text.replace("Ships is before dawn wait", "Ships are at sea and wait")
    assert refind.refind(selected("is", text), rewritten, suggestion="are").fixed


def test_a_passage_is_found_in_a_rewritten_sentence_that_moved_far() -> None:
    moved = "New rules for the pier were published on Friday. " * 20
    text = moved + TEXT.replace(
        "Ships that arive before dawn wait outside the mole",
        "A ship arrived before daybreak; it waits outside its mole",
    )
    finding = refind.refind(selected("arive"), text)
    assert finding.state == "changed"
    assert finding.after.startswith("arrived")


def test_of_two_like_passages_the_one_that_stayed_in_place_is_the_reported_one() -> None:
    options = "With options the value depends on this.author.books, so it is made anew each time."
    filler = " Nobody reads this part of the manual." * 20
    reported = "In setup the value depends on this.author.books, so it is made anew each time."
    text = options + filler + reported
    start = text.index("this.author", len(options))
    selector = Selector.from_text(text, start, start + len("this.author"))
    fixed = options + filler + reported.replace("this.author", "author").replace("setup", "a setup")
    finding = refind.refind(selector, fixed, suggestion="author")
    assert (finding.state, finding.after) == ("changed", "on author")


def test_a_changed_sentence_without_a_correction_is_for_an_editor_to_look_at() -> None:
    sentence = selected("Ships that arive before dawn wait outside the mole")
    finding = refind.refind(sentence, TEXT.replace("dawn", "daybreak"))
    assert finding.state == "changed"
    assert not finding.fixed


def test_another_change_than_the_suggested_one_is_for_an_editor_to_look_at() -> None:
    finding = refind.refind(selected("arive"), TEXT.replace("arive", "ariwe"), suggestion="arrive")
    assert finding.state == "changed"
    assert not finding.fixed


def test_the_wrong_word_in_other_surroundings_is_not_the_reported_one() -> None:
    other = "Buses that arive at noon leave again soon, says the driver, who never saw the sea."
    assert refind.refind(selected("arive"), other).state == "gone"


def test_one_fold_of_the_page_serves_many_passages() -> None:
    page = PageText(TEXT)
    findings = [refind.refind(selected(piece), page) for piece in ("arive", "becuase", "there")]
    assert [finding.state for finding in findings] == ["present"] * 3
    assert page.folded is page.folded


def test_a_passage_across_inline_markup_is_found_in_the_source() -> None:
    source = "<p>" + TEXT.replace("that arive", "<b>that</b> ar<i>ive</i>") + "</p>"
    page = page_text(source)
    finding = refind.refind(selected("that arive"), page)
    assert finding.start is not None and finding.end is not None
    start, end = page.source_span(finding.start, finding.end)
    assert source[start:end] == "that</b> ar<i>ive"


@pytest.mark.parametrize(
    "selector",
    [
        Selector(""),
        Selector(" "),
        Selector("\u00ad"),
        Selector("", "", "", 5, 5),
        Selector("x", start=10**9),
        Selector("\udcff", "\ud800", "\udfff"),
    ],
)
def test_an_odd_selector_is_answered(selector: Selector) -> None:
    for text in ("", " ", TEXT, "\ud800"):
        assert isinstance(refind.refind(selector, text, suggestion="x"), Finding)


anything = st.text(max_size=120)


@given(anything, anything, anything, anything, st.none() | anything, st.integers(0, 200))
def test_any_selector_and_page_give_a_finding_inside_the_page(
    exact: str, prefix: str, suffix: str, text: str, suggestion: str | None, start: int
) -> None:
    selector = Selector(exact, prefix, suffix, start)
    finding = refind.refind(selector, text, suggestion=suggestion)
    if finding.state == "gone":
        assert finding.start is None and finding.end is None
    else:
        assert finding.start is not None and finding.end is not None
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.after == text[finding.start : finding.end]


words = st.lists(
    st.sampled_from(["sea", "ship", "mole", "crew", "dawn", "the", "a", "Café", "море", "船只"]),
    min_size=12,
    max_size=60,
)


@settings(deadline=None)
@given(words, st.data())
def test_a_word_of_an_unchanged_page_is_present_at_its_own_place(
    page_words: list[str], data: st.DataObject
) -> None:
    text = " ".join(page_words)
    chosen = data.draw(st.integers(0, len(page_words) - 1))
    start = len(" ".join([*page_words[:chosen], ""])) if chosen else 0
    end = start + len(page_words[chosen])
    finding = refind.refind(Selector.from_text(text, start, end), text)
    assert (finding.state, finding.start, finding.end) == ("present", start, end)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How often the search looks: occurrences taken, places laid over, pieces compared."""
    counts: dict[str, int] = {"occurrences": 0, "overlays": 0, "pieces": 0}
    forward = places._forward

    def counting_forward(seed: str, text: str, low: int, high: int) -> Any:
        for place in forward(seed, text, low, high):
            counts["occurrences"] += 1
            yield place

    def counting(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            counts[name] += 1
            return function(*arguments, **named)

        return call

    monkeypatch.setattr(places, "_forward", counting_forward)
    monkeypatch.setattr(refind, "overlay_page", counting("overlays", refind.overlay_page))
    monkeypatch.setattr(standing, "fold_to_decide", counting("pieces", standing.fold_to_decide))
    return counts


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        ("a" * 100_000, Selector("a" * 10, "a" * 64, "a" * 64, 50_000, 50_010)),
        ("a" * 100_000, Selector("b", "a" * 64, "a" * 64, 50_000, 50_001)),
        ("ab" * 50_000, Selector("ba" * 500, "ab" * 100, "ab" * 100, 0, 1000)),
        ("the " * 25_000, Selector("the", "the " * 16, " the" * 16, 50_000, 50_003)),
        (("a" * 99 + "b") * 1000, Selector("a" * 1000, "b", "c")),
        ("\u0301" * 100_000, Selector("\u0301", "\u0301" * 64, "x", 9, 10)),
        ("的" * 100_000, Selector("的" * 3, "的" * 64, "的" * 64, 50_000, 50_003)),
    ],
    ids=["one letter", "not there", "two letters", "one word", "periodic", "marks", "one sign"],
)
def test_work_on_a_hostile_page_is_bounded(
    counted: dict[str, int], text: str, selector: Selector
) -> None:
    refind.refind(selector, text, suggestion="b" * 900)
    refind.refind(selector, text)
    seeds = 7 + 2 * places._SEEDS_EACH_SIDE + 2 * places._MOST_SHORT_SEEDS
    assert counted["occurrences"] <= 2 * seeds * places.MAX_OCCURRENCES
    assert counted["overlays"] <= 4 * places.MAX_PLACES
    assert counted["pieces"] <= 4 * places.MAX_PLACES * 2 * 4 * (2 * standing._NEAR + 1024)
