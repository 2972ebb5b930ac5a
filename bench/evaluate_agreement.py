"""Whether the desk and the script on the page find the same places.

    python bench/evaluate_agreement.py CORPUS [--seed N] [--quick]

Every correction of the corpus with each kind of selection, with and without its correction, on four
pages; then the same on distorted pages. Prints how many answers (state and span) agree.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.evaluate_corpus import Correction, read_corpus
from bench.evaluate_distortions import DISTORTIONS, distorted
from bench.evaluate_refinding import trials
from tests.vectors.both_sides import Disagreement, Question, disagreements

_AT_ONCE = 2000
_SHOWN = 5


def main() -> None:
    """Read the arguments, compare, print a row for each kind of page."""
    parser = argparse.ArgumentParser(description="Agreement of the desk and the script.")
    parser.add_argument("corpus", type=Path, help="folder with corrections.jsonl and texts.json")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="no distortions")
    chosen = parser.parse_args()
    corrections = read_corpus(chosen.corpus)
    print("| page | questions | agree | agree % |\n| --- | --- | --- | --- |")
    for name in ["none"] if chosen.quick else ["none", *DISTORTIONS]:
        print_row(name, questions(corrections, name, seed=chosen.seed))


def questions(corrections: list[Correction], name: str, *, seed: int) -> Iterator[Question]:
    """Each trial as a question; on distorted pages one word or the sentence, as elsewhere."""
    for trial in trials(corrections, seed=seed):
        selection = trial.selection
        text = trial.seen.text
        if name != "none":
            if selection.kind not in ("word", "sentence"):
                continue
            text = distorted(text, name, seed=len(text))[0]
        yield Question(selection.selector, None, text)
        yield Question(selection.selector, selection.suggestion, text)


def print_row(name: str, asked: Iterator[Question]) -> None:
    """Compare in portions and print the counts; the first disagreements go to standard error."""
    count, differing = 0, 0
    while portion := list(islice(asked, _AT_ONCE)):
        found = disagreements(portion)
        count += len(portion)
        if differing < _SHOWN:
            show(found[: _SHOWN - differing])
        differing += len(found)
    share = 100 * (count - differing) / count if count else 0.0
    print(f"| {name} | {count} | {count - differing} | {share:.3f} |", flush=True)


def show(found: Sequence[Disagreement]) -> None:
    """What the two sides say, for whoever has to mend one of them."""
    for one in found:
        selector = one.question.selector
        print(
            f"{selector.exact[:60]!r} → {one.question.suggestion!r}: {one.python} {one.script}",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()
