"""Reports of one error meet, others stay apart, in whatever order they come."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.case_shelf import CaseShelf
from typo_reports.domain.grouping import (
    Candidate,
    Core,
    Member,
    core_keys,
    decide,
    lookup_keys,
    piece_key,
)
from typo_reports.domain.selector import Selector

TEXT = (
    "The harbour office opens at nine. Ships that arive before dawn wait outside the mole, and "
    "there crews drink coffee on deck. Nobody minds the wait, becuase the view is fine.\n"
    "In winter the office opens at ten. Ships that arrive late pay a fee of twenty crowns, wich "
    "the clerk writes down in a large green book. The book is kept for a hundred years. Visitors "
    "may read it on Mondays, when the clerk has time. The clerk has never lost a page of it yet."
)


def report(
    selected: str, suggestion: str | None = None, *, text: str = TEXT, nth: int = 0
) -> Member:
    start = -1
    for _ in range(nth + 1):
        start = text.index(selected, start + 1)
    return Member(Selector.from_text(text, start, start + len(selected)), suggestion)


def core(member: Member) -> Core:
    return Core((member.piece(),))


def same_error(first: Member, second: Member) -> bool:
    return len(partition([first, second])) == 1


def partition(members: list[Member]) -> set[frozenset[int]]:
    shelf = CaseShelf()
    for number, member in enumerate(members):
        shelf.place(number, member)
    return shelf.partition()


@pytest.mark.parametrize(
    "selected",
    [
        "arive",
        "arive before",
        "that arive",
        "Ships that arive before dawn",
        "ariv",
        " arive ",
        "Ships that arive before dawn wait outside the mole, and there crews drink coffee on deck.",
    ],
)
def test_every_way_to_select_an_error_leads_to_the_same_case(selected: str) -> None:
    assert partition([report("arive"), report(selected)]) == {frozenset({0, 1})}


@pytest.mark.parametrize(
    ("selected", "suggestion"),
    [
        ("arive", "arrive"),
        ("arive before", "arrive before"),
        ("Ships that arive before dawn wait", "Ships that arrive before dawn wait"),
        ("Ships that arive before dawn wait", "arrive"),
        ("Ships that arive before dawn wait", "Ships that reach us before dawn wait"),
    ],
)
def test_corrections_of_the_same_word_meet(selected: str, suggestion: str) -> None:
    assert partition([report("arive", "arrive"), report(selected, suggestion)]) == {
        frozenset({0, 1})
    }


def test_equal_words_elsewhere_on_the_page_stay_apart() -> None:
    members = [report("office opens", nth=0), report("office opens", nth=1)]
    assert len(partition(members)) == 2
    assert len(partition([report("The clerk"), report("the clerk"), report("clerk", nth=1)])) == 3


def test_two_corrections_in_one_sentence_stay_apart() -> None:
    sentence = "Ships that arive before dawn wait outside the mole, and there crews drink coffee"
    members = [
        report(sentence, sentence.replace("arive", "arrive")),
        report(sentence, sentence.replace("there", "their")),
        report("there crews", "their crews"),
        report("arive"),
    ]
    assert partition(members) == {frozenset({0, 3}), frozenset({1, 2})}


def test_a_sentence_without_a_correction_does_not_chain_two_words_together() -> None:
    sentence = "Ships that arive before dawn wait outside the mole, and there crews drink coffee"
    members = [report(sentence), report("arive"), report("there crews")]
    found = partition(members)
    assert len(found) == 2
    assert not any({1, 2} <= case for case in found)


def test_neighbouring_sentences_stay_apart() -> None:
    members = [
        report("The book is kept for a hundred years."),
        report("Visitors may read it on Mondays, when the clerk has time."),
    ]
    assert len(partition(members)) == 2


def test_reports_meet_although_the_page_was_edited_between_them() -> None:
    edited = "A note by the editors: hours may change.\n" + TEXT.replace(
        "wait outside the mole", "have to wait outside"
    ).replace("opens at nine", "opens at half past nine")
    members = [report("arive"), report("that arive before", text=edited)]
    assert partition(members) == {frozenset({0, 1})}


def test_markup_and_typography_between_two_browsers_do_not_part_reports() -> None:
    other = TEXT.replace(" before dawn", "\u00a0be\u00adfore \n dawn").replace(
        "becuase", "becuase\u200b"
    )
    assert partition([report("arive"), report("arive", text=other)]) == {frozenset({0, 1})}
    assert partition([report("becuase"), report("becuase", text=other)]) == {frozenset({0, 1})}


def test_chinese_selections_of_one_error_meet_and_others_do_not() -> None:
    text = (
        "港口办公室九点开门。黎明前到达的船只必需在防波堤外等候，"
        "船员们在甲板上喝咖啡。没有人介意等待，因为景色很好。"
    )
    members = [
        report("必需", "必须", text=text),
        report("船只必需在", "船只必须在", text=text),
        report("必需", text=text),
        report("咖啡", text=text),
    ]
    assert partition(members) == {frozenset({0, 1, 2}), frozenset({3})}


def test_reports_without_any_context_meet_only_when_equal() -> None:
    bare = Member(Selector("a rather long passage"))
    assert same_error(bare, bare)
    assert not same_error(Member(Selector("quite another passage")), bare)


def test_a_bare_word_at_another_offset_is_another_error() -> None:
    bare = Member(Selector("clerk", start=10, end=15))
    assert not same_error(Member(Selector("clerk", start=90, end=95)), bare)
    assert same_error(Member(Selector("clerk", start=10, end=15), "clark"), bare)


def test_an_open_case_is_chosen_before_a_settled_one() -> None:
    member = report("arive")
    settled = Candidate("settled", core(member), settled=True)
    unsettled = Candidate("open", core(report("that arive before", "that arrive before")))
    assert decide(member, lambda keys: [settled, unsettled]).join == "open"
    assert decide(member, lambda keys: [settled]).join == "settled"
    assert decide(report("wich"), lambda keys: [settled, unsettled]).join is None


def test_a_settled_case_takes_a_report_and_gives_none_away() -> None:
    sentence = report("Ships that arive before dawn wait outside the mole")
    case = Candidate("case", core(sentence), settled=True)
    decision = decide(report("arive"), lambda keys: [case])
    assert decision.join == "case"
    assert decision.takes == decision.regrouped == decision.emptied == ()


def test_a_word_takes_the_sentence_that_was_waiting_for_it() -> None:
    shelf = CaseShelf()
    sentence = "Ships that arive before dawn wait outside the mole, and there crews drink coffee"
    shelf.place(0, report(sentence))
    shelf.place(1, report("there crews"))
    decision = shelf.place(2, report("dawn wait outside"))
    assert decision.join is None
    assert [owner for owner, _ in decision.takes] == ["case-1"]
    assert shelf.partition() == {frozenset({0, 2}), frozenset({1})}


def test_a_core_keeps_the_seed_first_and_survives_json() -> None:
    word = report("arive", "arrive").piece()
    kept = core(report("that arive before")).with_piece(word)
    assert kept.seed == word
    assert Core.from_json(json.loads(json.dumps(kept.to_json()))) == kept
    assert kept.with_piece(word) == kept


def test_a_case_keeps_a_bounded_number_of_pieces() -> None:
    kept = core(report("arive", "arrive"))
    for number in range(60):
        edited = TEXT.replace("opens at nine", f"opens at {number}")
        kept = kept.with_piece(report("arive", text=edited).piece())
    assert len(kept.pieces) == 24
    assert kept.seed.corrected
    assert len(json.dumps(kept.to_json())) < 12_000


def test_keys_are_short_few_and_shared_by_selections_of_one_error() -> None:
    word, sentence = report("arive"), report(TEXT[:170])
    for member in (word, sentence, report(TEXT)):
        keys = lookup_keys(member)
        assert 1 <= len(keys) <= 24
        assert all(len(key) <= 32 and int(key, 16) >= 0 for key in keys)
    assert set(lookup_keys(word)) & set(lookup_keys(sentence))
    assert set(lookup_keys(word)) <= set(core_keys(core(word)))
    assert len(piece_key(word)) == 8


@given(
    exact=st.text(max_size=60),
    prefix=st.text(max_size=30),
    suffix=st.text(max_size=30),
    suggestion=st.none() | st.text(max_size=60),
)
def test_any_text_can_be_grouped(
    exact: str, prefix: str, suffix: str, suggestion: str | None
) -> None:
    member = Member(Selector(exact, prefix, suffix), suggestion)
    kept = core(member)
    assert lookup_keys(member)
    assert Core.from_json(json.loads(json.dumps(kept.to_json()))) == kept
    assert decide(member, lambda keys: [Candidate("case", kept)]).join == "case"


SPANS = [
    ("arive", "arrive"),
    ("arive", None),
    ("Ships that arive before", "Ships that arrive before"),
    ("that arive", None),
    ("arive before dawn", None),
    ("before dawn wait", None),
    (
        "Ships that arive before dawn wait outside the mole, and there crews drink coffee on deck.",
        None,
    ),
    ("there crews", "their crews"),
    ("and there crews drink", None),
    ("mole, and there", None),
    ("wait outside the mole", None),
    ("becuase the view", "because the view"),
    ("wait, becuase", None),
    ("coffee on deck. Nobody minds", None),
    ("The harbour office opens at nine.", None),
    ("office opens at", None),
]


@settings(max_examples=60, deadline=None)
@given(chosen=st.lists(st.sampled_from(SPANS), min_size=2, max_size=12), data=st.data())
def test_any_order_of_arrival_gives_the_same_cases(
    chosen: list[tuple[str, str | None]], data: st.DataObject
) -> None:
    members = [report(selected, suggestion) for selected, suggestion in chosen]
    order = data.draw(st.permutations(range(len(members))))
    shelf = CaseShelf()
    for number in order:
        shelf.place(number, members[number])
    assert shelf.partition() == partition(members)


@settings(max_examples=60, deadline=None)
@given(
    spans=st.lists(
        st.tuples(st.integers(0, 400), st.integers(1, 90)), min_size=2, max_size=12, unique=True
    ),
    data=st.data(),
)
def test_any_order_of_random_selections_gives_the_same_cases(
    spans: list[tuple[int, int]], data: st.DataObject
) -> None:
    members = [
        Member(Selector.from_text(TEXT, start, min(len(TEXT), start + length)))
        for start, length in spans
    ]
    order = data.draw(st.permutations(range(len(members))))
    shelf = CaseShelf()
    for number in order:
        shelf.place(number, members[number])
    assert shelf.partition() == partition(members)


def test_near_an_arranged_case_a_report_goes_to_the_piece_most_like_its_own() -> None:
    sentence = "Ships that arive before dawn wait outside the mole, and there crews drink coffee"
    word = Candidate("word", core(report("arive")), arranged=True)
    whole = Candidate("whole", core(report(sentence)), arranged=True)
    apart = [word, whole]
    assert decide(report(sentence), lambda keys: apart).join == "whole"
    assert decide(report("that arive"), lambda keys: apart).join == "word"
    assert decide(report("Nobody minds"), lambda keys: apart).join is None


def test_two_corrections_of_one_word_stay_apart_once_an_editor_has_parted_them() -> None:
    one, other = report("there crews", "their crews"), report("there crews", "the crews")
    assert same_error(one, other)
    apart = [
        Candidate("one", core(one), arranged=True),
        Candidate("other", core(other), arranged=True),
    ]
    assert decide(report("and there crews", "and their crews"), lambda keys: apart).join == "one"
    assert decide(report("there", "the"), lambda keys: apart).join == "other"


def test_an_arranged_case_gives_nothing_to_a_new_seed_and_is_ended_in_none() -> None:
    sentence = "Ships that arive before dawn wait outside the mole, and there crews drink coffee"
    kept = Candidate("kept", core(report(sentence)), arranged=True)
    free = Candidate("free", core(report("that arive before dawn")))
    decision = decide(report("arive", "arrive"), lambda keys: [kept, free])
    assert "kept" not in {owner for owner, _ in decision.takes}
    assert "kept" not in {case_id for case_id, _ in decision.emptied}
    assert "kept" not in {group.case_id for group in decision.regrouped}


@settings(max_examples=60, deadline=None)
@given(
    here=st.lists(st.sampled_from(SPANS), min_size=1, max_size=8),
    there=st.lists(st.sampled_from(SPANS), min_size=1, max_size=8),
)
def test_two_pages_that_come_together_have_the_cases_of_one(
    here: list[tuple[str, str | None]], there: list[tuple[str, str | None]]
) -> None:
    members = [report(selected, suggestion) for selected, suggestion in here + there]
    first, second = CaseShelf(), CaseShelf("other")
    for number, member in enumerate(members):
        (first if number < len(here) else second).place(number, member)
    first.take_in(second)
    assert first.partition() == partition(members)
