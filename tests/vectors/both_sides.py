"""One question, two answers: re-finding in Python, and by the script on the page in node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from typo_reports.domain.selector import Selector
from typo_reports.pages.certain import certain_window
from typo_reports.pages.refind import refind
from typo_reports.pages.target import target_of
from typo_reports.pages.text import PageText

Answer = tuple[str, int | None, int | None]
_ANSWERS = Path(__file__).with_name("answers.mjs")


@dataclass(frozen=True, slots=True)
class Question:
    """A passage, the correction if known, and the page's text to find it in."""

    selector: Selector
    suggestion: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question that the two sides answer differently."""

    question: Question
    python: Answer
    script: Answer


def disagreements(questions: Sequence[Question]) -> list[Disagreement]:
    """Every question that Python and the script answer differently, by state or by span."""
    return [
        Disagreement(question, ours, theirs)
        for question, ours, theirs in zip(
            questions, map(python_answer, questions), script_answers(questions), strict=True
        )
        if ours != theirs
    ]


def python_answer(question: Question) -> Answer:
    """State, start and end (code points) by `typo_reports.pages.refind`."""
    page = _page(question.text)
    finding = refind(question.selector, page, suggestion=question.suggestion)
    return finding.state, finding.start, finding.end


def _place(question: Question) -> dict[str, object]:
    """As the desk tells it to the script on the page."""
    target = target_of(question.selector, question.suggestion)
    certain = certain_window(question.selector, question.suggestion)
    return {**question.selector.to_json(), "target": target.to_json(), "certain": certain}


@lru_cache(maxsize=64)
def _page(text: str) -> PageText:
    return PageText(text)


def script_answers(questions: Sequence[Question], *, certain: bool = False) -> list[Answer]:
    """The same by static/js/src/refind.js, all in one run of node.

    With `certain`, by the first file alone where it decides; the state is then "certain".
    """
    numbers: dict[str, int] = {}
    asked = [
        {
            "text": numbers.setdefault(question.text, len(numbers)),
            "place": _place(question),
        }
        for question in questions
    ]
    done = subprocess.run(
        ["node", str(_ANSWERS)],
        input=json.dumps({"texts": list(numbers), "questions": asked, "certain": certain}),
        capture_output=True,
        text=True,
        check=True,
    )
    return [(state, start, end) for state, start, end in json.loads(done.stdout)]
