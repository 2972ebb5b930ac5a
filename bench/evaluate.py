"""Every figure on grouping and re-finding for a corpus of real corrections.

    python bench/evaluate.py CORPUS [--half develop|check] [--seed N] [--quick]

CORPUS is a folder with corrections.jsonl and texts.json (or .gz), see evaluate_corpus. The tables
go to standard output as Markdown, progress to standard error. The same seed gives the same
figures, but for the times.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import evaluate_grouping as grouping
from bench import evaluate_refinding as refinding
from bench.evaluate_corpus import SELECTIONS, Correction, halves, read_corpus
from bench.evaluate_distortions import DISTORTIONS
from bench.evaluate_refinding import ANOTHER, FIXED, LATER, UNFIXED, Score, Trial
from bench.evaluate_rivals import METHODS
from bench.evaluate_speed import grouping_rows, speed_rows

TASKS = (UNFIXED, FIXED, LATER, ANOTHER)
_REFINDING_HEAD = ["state %", "spelling %", "place %", "wrongly fixed %", "ms / 10k"]


def main() -> None:
    """Read the arguments and print every table."""
    parser = argparse.ArgumentParser(description="Figures on grouping and re-finding.")
    parser.add_argument("corpus", type=Path, help="folder with corrections.jsonl and texts.json")
    parser.add_argument("--half", choices=("all", "develop", "check"), default="all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="no distortions, one queue")
    chosen = parser.parse_args()
    corrections = halves(read_corpus(chosen.corpus), chosen.half)
    if not corrections:
        parser.error("no corrections in this corpus")
    print(f"{len(corrections)} corrections, seed {chosen.seed}, {chosen.half}\n")
    print_grouping(corrections, chosen.seed, queues=1 if chosen.quick else 3)
    print_refinding(corrections, chosen.seed)
    if not chosen.quick:
        print_distortions(corrections, chosen.seed)
    say("speed")
    print_table("Speed", ["what", "ms, best of five"], speed_rows(corrections))
    head = ["open cases on the page", "median ms to decide about a report"]
    print_table("Cost of grouping", head, grouping_rows(corrections))


def print_grouping(corrections: list[Correction], seed: int, *, queues: int) -> None:
    """The queue under three shares of known corrections, and equal words elsewhere."""
    head = ["reports", "all known %", "half %", "none %"]
    rows: dict[str, list[str]] = {}
    notes = []
    for known in (1.0, 0.5, 0.0):
        say(f"grouping with {known:.0%} of corrections known")
        outcomes = [
            grouping.run_queue(corrections, known=known, seed=seed + number)
            for number in range(queues)
        ]
        keys = ["all", *SELECTIONS, *sorted({correction.lang for correction in corrections})]
        for key in keys:
            rows.setdefault(key, []).append(_precision_recall([o.pairs[key] for o in outcomes]))
        for name, rule in (
            ("rule: equal text", grouping.equal_text),
            ("rule: overlapping offsets", grouping.overlapping_offsets),
        ):
            simple = grouping.run_simple(corrections, rule, known=known, seed=seed)
            rows.setdefault(name, []).append(_precision_recall([simple.pairs["all"]]))
        times = sorted(second for outcome in outcomes for second in outcome.seconds)
        notes.append(
            [
                f"{known:.0%} known",
                f"{sum(o.order_matters for o in outcomes)} of {sum(o.pages for o in outcomes)}",
                f"{median(times) * 1000:.2f}",
                f"{times[int(len(times) * 0.99)] * 1000:.2f}",
            ]
        )
    print_table(
        "Grouping: precision / recall of pairs", head, [[key, *row] for key, row in rows.items()]
    )
    print_table(
        "Grouping: three orders of arrival, time per report",
        ["queue", "pages where order matters", "median ms", "p99 ms"],
        notes,
    )
    print_elsewhere(corrections, seed)


def print_elsewhere(corrections: list[Correction], seed: int) -> None:
    """How often the same words elsewhere on the page are taken for the error."""
    rows = []
    for known in (True, False):
        for revision in (None, "the page's time of change"):
            merged, tried = grouping.equal_words_elsewhere(
                corrections, seed=seed, known=known, revision=revision
            )
            name = "corrections known" if known else "none known"
            rows.append([name, revision or "–", str(merged), str(tried)])
    print_table(
        "Equal words elsewhere on the page", ["reports", "with", "merged", "of pairs"], rows
    )


def _precision_recall(pairs: Sequence[grouping.Pairs]) -> str:
    precision = sum(pair.precision() for pair in pairs) / len(pairs)
    recall = sum(pair.recall() for pair in pairs) / len(pairs)
    return f"{precision:.2f} / {recall:.2f}"


def print_refinding(corrections: list[Correction], seed: int) -> None:
    """Each task overall, per selection, per language, and the simple methods."""
    trials = list(refinding.trials(corrections, seed=seed))
    found = refinding.scores("Typo Reports", progress("re-finding", trials), _keys)
    target = "a word selected or the correction known"
    rows = [[task, target, *found[task, "target"].row()] for task in TASKS]
    for known in ("correction known", "not known"):
        for kind in SELECTIONS:
            rows += [[task, f"{kind}, {known}", *found[task, kind, known].row()] for task in TASKS]
    print_table("Re-finding", ["page", "report", *_REFINDING_HEAD], rows)
    langs = sorted({correction.lang for correction in corrections})
    print_table(
        f"Re-finding per language: {target}",
        ["page", "language", *_REFINDING_HEAD],
        [[task, lang, *found[task, "lang", lang].row()] for task in TASKS[:2] for lang in langs],
    )
    rows = []
    for method in METHODS:
        compared = refinding.scores(method, progress(method, trials), _word_keys)
        rows += [[task, method, *compared[task, "word"].row()] for task in TASKS if task != LATER]
    print_table(
        "Methods: one word selected, correction not known",
        ["page", "method", *_REFINDING_HEAD],
        sorted(rows, key=lambda row: TASKS.index(row[0])),
    )


def _keys(trial: Trial, known: bool) -> Iterable[tuple[str, ...]]:
    kind = trial.selection.kind
    yield trial.task, kind, "correction known" if known else "not known"
    if known or kind == "word":
        yield trial.task, "target"
        yield trial.task, "lang", trial.correction.lang


def _word_keys(trial: Trial, known: bool) -> Iterable[tuple[str, ...]]:
    if trial.selection.kind == "word" and not known:
        yield trial.task, "word"


def _target_keys(trial: Trial, known: bool) -> Iterable[tuple[str, ...]]:
    if trial.selection.kind == "word" or (known and trial.selection.kind == "sentence"):
        yield (trial.task,)


def print_distortions(corrections: list[Correction], seed: int) -> None:
    """The target reports again on pages as servers and browsers see them differently."""
    trials = [t for t in refinding.trials(corrections, seed=seed) if t.task in (UNFIXED, FIXED)]
    rows = []
    for name in (None, *DISTORTIONS):
        said = progress(f"distortion: {name or 'none'}", trials)
        found = refinding.scores("Typo Reports", said, _target_keys, distortion=name)
        for task in (UNFIXED, FIXED):
            score: Score = found[(task,)]
            rows.append([task, name or "none", *score.row()])
    print_table(
        "Distorted pages: a word, or a sentence with its correction",
        ["page", "distortion", *_REFINDING_HEAD],
        sorted(rows, key=lambda row: TASKS.index(row[0])),
    )


def print_table(title: str, head: list[str], rows: Iterable[list[str]]) -> None:
    """One Markdown table."""
    print(f"### {title}\n\n| {' | '.join(head)} |\n|{' --- |' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(flush=True)


def say(text: str) -> None:
    """One line of progress."""
    print(text, file=sys.stderr, flush=True)


def progress(name: str, trials: list[Trial]) -> Iterable[Trial]:
    """The trials, with a sign of life at each tenth."""
    tenth = max(1, len(trials) // 10)
    for number, trial in enumerate(trials):
        if number % tenth == 0:
            say(f"{name}: {100 * number // len(trials)} %")
        yield trial


if __name__ == "__main__":
    main()
