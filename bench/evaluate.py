"""Every figure on grouping, re-finding, closing and spelling for a corpus of real corrections.

    typo-reports evaluate CORPUS [--markdown FILE] [--only PART] [--half develop|check] [--quick]
    python -m bench.evaluate CORPUS ...

CORPUS is a folder with corrections.jsonl and texts.json (or .gz), see evaluate_corpus. The tables
go to standard output as Markdown, progress to standard error. The same seed gives the same
figures, but for the times.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

from bench import evaluate_anchoring as anchoring
from bench import evaluate_grouping as grouping
from bench import evaluate_refinding as refinding
from bench.evaluate_closing import LOOKS, closing_rows
from bench.evaluate_corpus import SELECTIONS, CorpusError, Correction, halves, read_corpus
from bench.evaluate_distortions import DISTORTIONS
from bench.evaluate_output import print_lines, print_table, progress, say, write_markdown
from bench.evaluate_refinding import ANOTHER, FIXED, LATER, UNFIXED, Score, Trial
from bench.evaluate_rivals import METHODS
from bench.evaluate_speed import grouping_rows, speed_rows

TASKS = (UNFIXED, FIXED, LATER, ANOTHER)
PARTS = ("refinding", "closing", "grouping", "spelling", "speed")
_REFINDING_HEAD = ["state %", "spelling %", "place %", "wrongly fixed %", "ms / 10k"]


def main() -> None:
    """Read the arguments and print every table; an error is one sentence and exit code 1."""
    chosen = _arguments()
    try:
        corrections = halves(read_corpus(chosen.corpus), chosen.half)
        if not corrections:
            raise CorpusError(f"There are no corrections in {chosen.corpus}.")
    except CorpusError as error:
        sys.exit(f"Error: {error}")
    print_lines([f"{len(corrections)} corrections, seed {chosen.seed}, {chosen.half}", ""])
    for part in chosen.only or PARTS:
        _print_part(part, corrections, chosen)
    if chosen.markdown:
        write_markdown(chosen.markdown)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpus", type=Path, help="folder with corrections.jsonl and texts.json")
    parser.add_argument("--markdown", type=Path, help="write the tables to this file, too")
    parser.add_argument("--only", action="append", choices=PARTS, help="only this part; repeatable")
    parser.add_argument("--half", choices=("all", "develop", "check"), default="all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="no distortions, one queue")
    return parser.parse_args()


def _print_part(part: str, corrections: list[Correction], chosen: argparse.Namespace) -> None:
    if part == "refinding":
        print_refinding(corrections, chosen.seed)
        print_methods(corrections, chosen.seed)
        if not chosen.quick:
            print_distortions(corrections, chosen.seed)
    elif part == "closing":
        print_closing(corrections, chosen.seed)
    elif part == "grouping":
        print_grouping(corrections, chosen.seed, queues=1 if chosen.quick else 3)
        head = ["open cases on the page", "median ms to decide about a report"]
        print_table("Cost of grouping", head, grouping_rows(corrections))
    elif part == "speed":
        say("speed")
        print_table("Speed", ["what", "ms, best of five"], speed_rows(corrections))
    else:
        print_spelling(chosen.corpus)


def print_closing(corrections: list[Correction], seed: int) -> None:
    """What closes by itself, rightly and wrongly, from HTML to the verdict."""
    say("closing by itself")
    print_table(
        f"Closing by itself: HTML read and judged at up to {LOOKS} looks",
        [
            "readers sent",
            "cases",
            "closed though it stands %",
            "closed after the fix %",
            "at the first look %",
        ],
        closing_rows(corrections, seed=seed),
    )


def print_spelling(corpus: Path) -> None:
    """The spelling figures, by their own program; languages without a dictionary are left out."""
    say("spelling")
    command = [sys.executable, "-m", "bench.spelling", str(corpus)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout if done.returncode == 0 else f"not measured: {_last_line(done.stderr)}"
    print_lines(["### Spelling", "", said.strip(), ""])


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[-1]


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
        [[task, lang, *found[task, "lang", lang].row()] for task in TASKS for lang in langs],
    )
    reports = [("word", "not known"), ("few", "not known"), ("sentence", "not known")]
    reports += [(kind, "correction known") for kind, _ in reports]
    print_table(
        "Re-finding per language and selection: state % / place %",
        ["page", "report", *langs],
        [
            [task, f"{kind}, {known}"]
            + [found[task, "lang", lang, kind, known].state_and_place() for lang in langs]
            for task in TASKS
            for kind, known in reports
        ],
    )


def print_methods(corrections: list[Correction], seed: int) -> None:
    """The simple methods, and those of other projects, on the same reports."""
    trials = [trial for trial in refinding.trials(corrections, seed=seed) if trial.task != LATER]
    words = [trial for trial in trials if trial.selection.kind == "word"]
    rows = []
    for method in METHODS:
        compared = refinding.scores(method, progress(method, words), _word_keys)
        rows += [[task, method, *compared[task, "word"].row()] for task in TASKS if task != LATER]
    missing = anchoring.why_not()
    for method, name in anchoring.METHODS.items() if missing is None else ():
        say(name)
        scores = anchoring.anchoring_scores(method, words)
        rows += [[task, name, *scores[task].row()] for task in TASKS if task != LATER]
    print_table(
        "Methods: one word selected, correction not known",
        ["page", "method", *_REFINDING_HEAD],
        sorted(rows, key=lambda row: TASKS.index(row[0])),
    )
    if missing is not None:
        print_lines([f"Hypothesis and Apache Annotator were not run: {missing}.", ""])


def _keys(trial: Trial, known: bool) -> Iterable[tuple[str, ...]]:
    kind = trial.selection.kind
    yield trial.task, kind, "correction known" if known else "not known"
    if known or kind == "word":
        yield trial.task, "target"
        yield trial.task, "lang", trial.correction.lang
    yield (
        trial.task,
        "lang",
        trial.correction.lang,
        kind,
        "correction known" if known else "not known",
    )


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


if __name__ == "__main__":
    main()
