"""The desk and the script on the page give the same answers."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.vectors.both_sides import Answer, Question, disagreements, python_answer, script_answers
from tests.vectors.random_edits import questions
from typo_reports.domain.selector import Selector


def test_the_same_seed_asks_the_same_questions() -> None:
    assert list(questions(50, seed=3)) == list(questions(50, seed=3))
    assert list(questions(50, seed=3)) != list(questions(50, seed=4))


def test_a_disagreement_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(asked: list[Question]) -> list[Answer]:
        return [("gone", None, None) for _ in asked]

    monkeypatch.setattr("tests.vectors.both_sides.script_answers", wrong)
    text = "A reader selects a typo in a web page, and the editors see it."
    found = disagreements([Question(Selector.from_text(text, 19, 23), None, text)])
    assert [(one.python, one.script) for one in found] == [
        (("present", 19, 23), ("gone", None, None))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_both_sides_agree_on_pages_edited_at_random(seed: int) -> None:
    asked = list(questions(2500, seed=seed))
    found = disagreements(asked)
    assert [(one.question, one.python, one.script) for one in found] == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_what_is_marked_without_the_search_is_what_the_search_finds(seed: int) -> None:
    asked = list(questions(4000, seed=seed))
    answers = zip(asked, script_answers(asked, certain=True), strict=True)
    alone = [(one, span) for one, (state, *span) in answers if state == "certain"]
    assert len(alone) > 300
    differing = [(one, span) for one, span in alone if python_answer(one) != ("present", *span)]
    assert differing == []


@pytest.mark.slow
def test_the_random_pages_ask_for_every_answer() -> None:
    states = Counter(python_answer(question)[0] for question in questions(500, seed=0))
    assert min(states[state] for state in ("present", "changed", "gone")) > 25


def test_offsets_of_both_sides_are_code_points() -> None:
    text = "😀😀 A reader selects a tpyo in a web page, and the editors see it."
    at = text.index("tpyo")
    question = Question(Selector.from_text(text, at, at + 4), None, "🎉" + text)
    assert script_answers([question]) == [("present", at + 1, at + 5)]


def test_a_long_run_of_spaces_keeps_neither_side_busy() -> None:
    before, after = "The harbour office opens a", "b and ships wait outside the mole until dawn."
    selector = Selector("a b", before[:-1], after[1:], len(before) - 1, len(before) + 2)
    # Quadratic work on it would outlast the time limit of a test.
    page = before + "\u00a0" * 300_000 + after.replace("b", "B", 1)
    assert disagreements([Question(selector, None, page)]) == []
