"""When a page is looked at again, and what its looks allow to conclude."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typo_reports.domain.verification import (
    CHANGED,
    GONE,
    LONGEST_BACK_OFF,
    PRESENT,
    USUAL_PACE,
    Doubt,
    Seen,
    Sightings,
    have_nothing_in_common,
    is_whole,
    summed_up,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
APART = timedelta(minutes=2)
THERE = Seen(PRESENT, "teh", "teh")
EXACT = Seen(CHANGED, "teh", "the", is_sure=True, is_exact=True)
SURE = Seen(CHANGED, "teh", "the", is_sure=True)
UNCLEAR = Seen(CHANGED, "teh", "a whole new")
AWAY = Seen(GONE, "teh", "")


def after(*looks: Seen, every: timedelta = APART) -> Sightings:
    """The sightings after these looks, one each two minutes."""
    sightings = Sightings()
    for number, seen in enumerate(looks):
        sightings = sightings.with_look(seen, now=NOW + number * every, apart=APART)
    return sightings


def test_intervals_grow_and_the_last_goes_on() -> None:
    minutes = [
        USUAL_PACE.after_look(look, has_open=True).total_seconds() / 60 for look in range(1, 8)
    ]
    assert minutes == [5, 30, 120, 360, 1440, 1440, 1440]
    assert USUAL_PACE.after_look(1000, has_open=False) == timedelta(days=3)


def test_a_failing_host_is_asked_at_last_once_a_day_and_never_before_it_wants() -> None:
    waits = [USUAL_PACE.after_failure(number, wait_seconds=None) for number in range(1, 40)]
    assert waits[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert max(waits) == waits[-1] == LONGEST_BACK_OFF
    assert USUAL_PACE.after_failure(1, wait_seconds=7200) > timedelta(hours=2)


def test_an_exact_correction_closes_at_the_first_sighting() -> None:
    assert after(THERE, EXACT).closes(EXACT)
    assert after(EXACT).closes(EXACT)


def test_a_likely_one_closes_at_the_second() -> None:
    assert not after(THERE, SURE).closes(SURE)
    assert after(THERE, SURE, SURE).closes(SURE)


def test_two_looks_within_a_moment_are_one_sighting() -> None:
    assert not after(THERE, SURE, SURE, SURE, every=timedelta(seconds=20)).closes(SURE)


def test_a_clock_that_went_back_does_not_stop_the_counting() -> None:
    sightings = after(SURE).with_look(SURE, now=NOW - timedelta(hours=1), apart=APART)
    assert sightings.closes(SURE)


@pytest.mark.parametrize("seen", [THERE, UNCLEAR, AWAY])
def test_nothing_else_ever_closes(seen: Seen) -> None:
    assert not after(*[seen] * 10).closes(seen)


def test_where_variants_are_served_three_sightings_are_needed() -> None:
    looks = [THERE, EXACT, THERE]
    assert not after(*looks, EXACT).closes(EXACT)
    assert not after(*looks, EXACT, EXACT).closes(EXACT)
    assert after(*looks, EXACT, EXACT, EXACT).closes(EXACT)


def test_a_fixed_case_comes_back_when_seen_twice_after_it_was_seen_fixed() -> None:
    closed_at = NOW + APART
    assert not after(THERE, EXACT, THERE).brings_back(resolved_at=closed_at)
    assert after(THERE, EXACT, THERE, THERE).brings_back(resolved_at=closed_at)


def test_a_case_comes_back_where_error_and_correction_are_served_by_turns() -> None:
    closed = after(THERE, EXACT)
    sightings = replace(closed, closed_turn=closed.turns)
    seen_back = []
    for number, seen in enumerate([THERE, EXACT, THERE], 2):
        sightings = sightings.with_look(seen, now=NOW + number * APART, apart=APART)
        seen_back.append(sightings.brings_back(resolved_at=NOW + APART))
    assert seen_back == [False, False, True]
    assert not replace(sightings, closed_turn=None).brings_back(resolved_at=NOW + APART)
    assert sightings.needed(EXACT) == 3, "the next closing needs more than a turn"


def test_a_case_that_was_never_seen_fixed_does_not_come_back() -> None:
    assert not after(*[THERE] * 5).brings_back(resolved_at=NOW)
    assert not after(THERE, EXACT, THERE, THERE).brings_back(resolved_at=NOW + 3 * APART)


def test_one_look_soon_is_wanted_only_where_it_decides() -> None:
    assert after(SURE).waits(SURE, is_open=True)
    assert not after(THERE).waits(THERE, is_open=True)
    assert not after(AWAY).waits(AWAY, is_open=True)
    assert after(EXACT, THERE).waits(THERE, is_open=False)
    assert not after(EXACT, THERE, THERE).waits(THERE, is_open=False)


@given(st.lists(st.sampled_from([THERE, EXACT, SURE, UNCLEAR, AWAY]), max_size=8))
def test_what_is_kept_comes_back_the_same(looks: list[Seen]) -> None:
    sightings = after(*looks)
    assert Sightings.from_json(sightings.to_json()) == sightings


def test_nothing_kept_is_nothing_seen() -> None:
    assert Sightings.from_json(None) == Sightings.from_json({}) == Sightings()


def test_a_wrong_piece_that_still_stands_wins_among_the_leading() -> None:
    assert summed_up([EXACT, THERE], []) == THERE
    assert summed_up([UNCLEAR], [EXACT]) == EXACT
    assert summed_up([THERE], [EXACT]) == THERE
    assert summed_up([UNCLEAR], [SURE]) == UNCLEAR
    assert summed_up([AWAY], [THERE]) == AWAY
    assert summed_up([AWAY, UNCLEAR], []) == UNCLEAR


@pytest.mark.parametrize(
    ("length", "seen_at", "whole"),
    [(50, None, False), (5000, None, True), (5000, 4900, True), (5000, 9000, False)],
)
def test_a_text_that_ends_before_the_selection_is_not_whole(
    length: int, seen_at: int | None, whole: bool
) -> None:
    assert is_whole(length, seen_at=seen_at) is whole


def doubt(*, before: bool = False, page: int = 0, site: int = 0, **known: Any) -> bool:
    return Doubt(before, page, site, **known).withholds


def test_a_report_is_withheld_only_where_others_are_found() -> None:
    assert not doubt()
    assert not doubt(site=2)
    assert doubt(site=3)
    assert doubt(page=1, site=1)
    assert not doubt(before=True, page=1, site=3)


def test_a_text_that_ends_within_the_selection_withholds_nothing() -> None:
    assert not doubt(page=1, site=3, is_reached=False)


def test_a_site_with_many_pages_that_cannot_be_read_withholds_only_what_its_page_lacks() -> None:
    assert doubt(site=3, read_pages=8, unreadable_pages=2)
    assert not doubt(site=3, read_pages=8, unreadable_pages=3)
    assert doubt(page=1, site=3, read_pages=8, unreadable_pages=3)


def test_a_server_that_was_shown_another_page_withholds_nothing() -> None:
    titles = ("Old bridge closes for a year | The Planet", "Before you go on: your privacy")
    assert not doubt(site=3, titles=titles)
    assert doubt(page=1, titles=titles)


@pytest.mark.parametrize(
    ("first", "second", "is_other"),
    [
        ("Old bridge closes | The Planet", "Your privacy", True),
        ("Old bridge closes | The Planet", "Bridge to reopen", False),
        ("Old bridge closes", None, False),
        ("Old bridge closes", "", False),
        ("404", "Old bridge closes", False),
        ("Мост закрыт на год", "Вы не робот?", True),
        ("МОСТ закрыт", "Мост снова открыт", False),
        ("旧桥关闭一年", "请确认您不是机器人", True),
        ("旧桥关闭一年", "旧桥重新开放", False),
    ],
)
def test_titles_without_a_common_word_are_of_two_pages(
    first: str | None, second: str | None, is_other: bool
) -> None:
    assert have_nothing_in_common(first, second) is is_other
