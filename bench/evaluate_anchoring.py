"""Hypothesis' and Apache Annotator's anchoring on the same trials, where they are installed.

They need `npm install` in bench/anchoring. The first is Hypothesis' published rule over the
library that it uses, the second Apache Annotator's own matcher on a document of one text node.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

from bench.evaluate_refinding import Score, Trial
from bench.evaluate_rivals import Answer

FOLDER = Path(__file__).parent / "anchoring"
METHODS = {"hypothesis": "Hypothesis match-quote", "apache": "Apache Annotator"}


def why_not() -> str | None:
    """What is missing to run them; None if nothing is."""
    if shutil.which("node") is None:
        return "Node is not installed"
    if not (FOLDER / "node_modules").is_dir():
        return "`npm install` was not run in bench/anchoring"
    return None


def anchoring_scores(method: str, trials: list[Trial]) -> dict[str, Score]:
    """The score of each task; a passage found letter for letter counts as still there."""
    numbers: dict[str, int] = {}
    questions = [
        {
            "text": numbers.setdefault(trial.seen.text, len(numbers)),
            "selector": trial.selection.selector.to_json(),
        }
        for trial in trials
    ]
    asked = json.dumps({"method": method, "texts": list(numbers), "questions": questions})
    done = subprocess.run(
        ["node", str(FOLDER / "answers.mjs")],
        input=asked,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Score] = defaultdict(Score)
    for trial, (start, end, took) in zip(trials, json.loads(done.stdout), strict=True):
        length = max(10_000, len(trial.seen.text))
        found[trial.task].add(trial, _answer(trial, start, end), took * 10_000 / length)
    return found


def _answer(trial: Trial, start: int | None, end: int | None) -> Answer:
    if start is None or end is None:
        return Answer("gone", None, None, fixed=False)
    if trial.seen.text[start:end] == trial.selection.selector.exact:
        return Answer("present", start, end, fixed=False)
    return Answer("changed", start, end, fixed=True)
