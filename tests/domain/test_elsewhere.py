"""Which words are looked for on other pages, and where a text holds them."""

from __future__ import annotations

import time

import pytest

from typo_reports.domain.elsewhere import ON_A_PAGE_MOST, Sought, checked, occurrences, sought_of
from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.selector import Selector


def sought(text: str, exact: str, suggestion: str) -> Sought:
    at = text.index(exact)
    found = sought_of(Selector.from_text(text, at, at + len(exact)), suggestion)
    assert found is not None
    return found


def found_in(text: str, what: Sought, *, held: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.right) for one in occurrences(text, what, held=held)]


RECIEVED = sought("He has recieved a letter.", "recieved", "received")
LOOSE = sought("She would loose it all.", "loose", "lose")


@pytest.mark.parametrize(
    ("text", "exact", "suggestion", "wrong", "right"),
    [
        ("He has recieved a letter.", "recieved", "received", "recieved", "received"),
        ("He has recieved a letter.", "has recieved a", "has received a", "recieved", "received"),
        ("It is in the the house.", "the the", "the", "the the", "the"),
        ("I want go home now.", "want go", "want to go", "want go", "want to go"),
        ("We have alot of it.", "alot", "a lot", "alot", "a lot"),
        ("This is really very good.", "really very", "very", "is really very", "is very"),
    ],
)
def test_the_words_are_those_that_the_correction_changes(
    text: str, exact: str, suggestion: str, wrong: str, right: str
) -> None:
    found = sought(text, exact, suggestion)
    assert (found.wrong, found.right) == (wrong, right)


def test_without_a_correction_nothing_is_looked_for() -> None:
    assert sought_of(Selector("recieved"), None) is None
    assert sought_of(Selector("recieved"), "recieved") is None
    assert sought_of(Selector("word " * 20), "quite another sentence " * 10) is None


def test_whole_words_are_found_with_the_capitals_of_their_place() -> None:
    text = "Recieved, recieved and RECIEVED; recievedly, unrecieved, recieved_at."
    assert found_in(text, RECIEVED) == [
        ("Recieved", "Received"),
        ("recieved", "received"),
        ("RECIEVED", "RECEIVED"),
    ]


def test_unseen_marks_composition_and_spaces_make_no_difference() -> None:
    assert found_in("He re\u00adcie\u200bved it.", RECIEVED) == [
        ("re\u00adcie\u200bved", "received")
    ]
    cafe = checked("caf\u00e9s noirs", "caf\u00e9 noir")
    assert found_in("deux cafe\u0301s\u00a0noirs ici", cafe) == [
        ("cafe\u0301s\u00a0noirs", "caf\u00e9 noir")
    ]


def test_accents_and_letter_case_do_when_they_are_the_error() -> None:
    assert found_in("The Germans met a german.", checked("german", "German")) == [
        ("german", "German")
    ]
    assert found_in("resum\u00e9", checked("resume", "resum\u00e9")) == []


def test_what_is_corrected_already_is_left_alone() -> None:
    assert found_in("in York, in New York, in New  York", checked("York", "New York")) == [
        ("York", "New York")
    ]


def test_what_the_house_holds_right_is_left_alone() -> None:
    text = "the band Loose Ends would loose it"
    assert found_in(text, LOOSE, held=("Loose Ends",)) == [("loose", "lose")]


def test_a_contraction_does_not_hold_its_beginning_but_an_elision_does_hold_its_end() -> None:
    assert found_in("I can\u2019t but I can", checked("can", "could")) == [("can", "could")]
    assert found_in("devant l\u2019hopital", checked("hopital", "h\u00f4pital")) == [
        ("hopital", "h\u00f4pital")
    ]


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("Nobody would loose a thing.", True),
        ("They loose it all.", False),
        ("would. Loose screws", False),
        ("a loose screw", False),
    ],
)
def test_a_telling_neighbour_has_to_agree(text: str, agrees: bool) -> None:
    assert [one.agrees for one in occurrences(text, LOOSE)] == [agrees]


def test_both_neighbours_agree_however_short_they_are() -> None:
    off = sought("to be of the case", "of", "off")
    assert [one.agrees for one in occurrences("it must be of the shelf, of it", off)] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("wrong", "right", "field"),
    [
        ("", "x", "wrong"),
        ("x", " ", "right"),
        ("x" * 81, "y", "wrong"),
        ("a " * 9, "b", "wrong"),
        ("same", "same", "right"),
        ("...", "\u2026", "wrong"),
        ("nul\0", "x", "wrong"),
    ],
)
def test_words_that_cannot_be_looked_for_are_refused(wrong: str, right: str, field: str) -> None:
    with pytest.raises(InvalidFieldsError) as caught:
        checked(wrong, right)
    assert caught.value.errors[0].field == field


def test_what_an_editor_writes_keeps_the_neighbours_of_the_case() -> None:
    assert checked("loose", "lose", like=LOOSE).before == "would"
    assert checked("lose", "loose", like=LOOSE).before == ""


def test_one_page_gives_no_more_than_twenty_and_takes_no_long_time() -> None:
    assert len(occurrences("recieved " * 500, RECIEVED)) == ON_A_PAGE_MOST
    hostile = checked("a a a a a a a a", "b")
    begin = time.process_time()
    occurrences("a " * 100_000 + "\u200b" * 100_000, hostile)
    assert time.process_time() - begin < 20
