"""What stands in the passage's own block of text says more than what stands around the block."""

from __future__ import annotations

import pytest

from typo_reports.domain.selector import Selector
from typo_reports.pages.block import own_block
from typo_reports.pages.refind import refind
from typo_reports.pages.target import target_of

BEFORE = "Bring a warm coat and good shoes for the walk up the hill.\n"
LINE = "How do I recieve my ticket home?"
AFTER = "\nAsk at the counter beside the harbour gate before noon."
OTHER_BEFORE = "Nehmt warme Mäntel und feste Schuhe mit hinauf.\n"
OTHER_AFTER = "\nFragt vor Mittag am Schalter neben dem Hafentor."


def reported(text: str, word: str) -> Selector:
    at = text.index(word)
    return Selector.from_text(text, at, at + len(word))


REPORT = reported(BEFORE + LINE + AFTER, "recieve")


def test_the_block_reaches_as_far_as_the_line_ends_beside_the_target() -> None:
    target = target_of(REPORT, None)
    start, end = own_block(target)
    assert target.window[start:end] == LINE


def test_the_block_reaches_as_far_as_the_window_where_no_line_ends() -> None:
    target = target_of(reported(LINE, "recieve"), None)
    assert own_block(target) == (0, len(LINE))


def test_an_error_stands_in_its_line_whatever_became_of_the_lines_around() -> None:
    page = OTHER_BEFORE + LINE + OTHER_AFTER
    found = refind(REPORT, page)
    assert (found.state, found.after) == ("present", "recieve")
    assert found.in_block


def test_a_correction_in_a_line_that_alone_was_kept_is_shown_to_an_editor() -> None:
    page = OTHER_BEFORE + LINE.replace("recieve", "receive") + OTHER_AFTER
    found = refind(REPORT, page, suggestion="receive")
    assert (found.state, found.after, found.fixed) == ("changed", "receive", False)


def test_a_correction_between_the_line_before_and_a_new_one_closes_its_case() -> None:
    page = BEFORE + LINE.replace("recieve", "receive") + OTHER_AFTER
    assert refind(REPORT, page, suggestion="receive").fixed


def test_a_longer_word_at_the_beginning_of_its_line_leaves_the_line_known() -> None:
    report = reported(BEFORE + "None of the shadings is used here." + AFTER, "None")
    page = OTHER_BEFORE + "Nothing of the shadings is used here." + OTHER_AFTER
    found = refind(report, page)
    assert (found.state, found.after) == ("changed", "Nothing")


@pytest.mark.parametrize(
    "line",
    ["Who asks: how do I recieve my ticket home?", "How do I recieve my ticket home? By boat."],
    ids=["more before it", "more after it"],
)
def test_a_line_that_is_a_part_of_another_one_is_not_the_same_line(line: str) -> None:
    assert not refind(REPORT, OTHER_BEFORE + line + OTHER_AFTER).in_block


def test_a_long_line_is_known_where_its_page_glues_blocks_to_each_other() -> None:
    line = "How do I recieve my ticket home if the harbour is closed?"
    found = refind(
        reported(BEFORE + line + AFTER, "recieve"),
        (OTHER_BEFORE + line + OTHER_AFTER).replace("\n", ""),
    )
    assert (found.state, found.after) == ("present", "recieve")


def test_a_short_line_elsewhere_is_not_taken_for_the_passage() -> None:
    report = reported(BEFORE + "See allso:" + AFTER, "allso")
    assert refind(report, OTHER_BEFORE + "See allso:" + OTHER_AFTER).state == "gone"


TIDE = "The tide comes twice a day, and whoever forgets it walks home with wet feet, as he did.\n"
NETS = "Nets are mended on the mole when it does not rain, and whoever has time may help them.\n"
REST = "Adds a range of berths to the book of the pier.\nThis may be given more than once.\n"
PIERS, BOATS = "-v, --add-harbours {}\n" + REST, "-w, --add-harbour-boats {}\n" + REST


def test_a_like_line_that_was_corrected_does_not_close_a_case_while_the_error_stands() -> None:
    first = "Sets the day until which a berth is kept, as the book of that year says.\n"
    old = first + TIDE * 6 + PIERS.format("AUTUM") + NETS * 5 + BOATS.format("AUTUM")
    # So much went before it that the like line stands where the reported one stood.
    moved = len(PIERS.format("") + NETS * 5) - len(TIDE * 6)
    first = "Keeps a berth until that day of the year which stands in the book.".ljust(
        len(first) - moved - 1
    )
    page = first + "\n" + PIERS.format("AUTUM") + NETS * 5 + BOATS.format("AUTUMN")
    assert not refind(reported(old, "AUTUM"), page, suggestion="AUTUMN").fixed
