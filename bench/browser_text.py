"""Whether the server reads a page as a browser shows it, and finds in it what was selected there.

    python -m bench.browser_text [FOLDER ...] [--pages N] [--seed N]   HTML pages of these folders
    python -m bench.browser_text --corpus CORPUS                       the corpus as simple pages

Each page is opened in a real Chromium and read by the reporter's own walker; runs of words are
selected there, and looked for in the server's text by the selector that the reporter makes of them.
Without a folder: documentation that is installed here.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from bench.evaluate_corpus import Correction, read_corpus
from typo_reports.domain.selector import Selector
from typo_reports.pages.charset import decoded
from typo_reports.pages.refind import Finding, refind
from typo_reports.pages.text import PageText, page_text

_ROOT = Path(__file__).parents[1]
_FOLDERS = (Path("/usr/share/doc"), Path(sys.prefix) / "lib", _ROOT / "node_modules")
_SELECTIONS = 20
# Longer pages take the comparison of all words too long.
_MOST_WORDS = 6000
_SHOWN = 20


@dataclass(slots=True)
class Tally:
    """Counts over pages."""

    pages: int = 0
    failed: int = 0
    same: int = 0
    words: int = 0
    shared: int = 0
    servers: int = 0
    asked: int = 0
    found: int = 0
    unshown: list[str] = field(default_factory=list)


def main() -> None:
    """Read the arguments, compare, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folders", type=Path, nargs="*", default=list(_FOLDERS))
    parser.add_argument("--corpus", type=Path, help="a corpus in the format of bench/README.md")
    parser.add_argument("--pages", type=int, default=150, help="so many of the pages, by chance")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    if chosen.corpus:
        on_corpus(read_corpus(chosen.corpus))
    else:
        on_pages(chosen.folders, most=chosen.pages, seed=chosen.seed)


def on_pages(folders: list[Path], *, most: int, seed: int) -> None:
    """Compare installed pages and print the shares."""
    paths = sorted({path for folder in folders for path in folder.rglob("*.htm*")})
    paths = [path for path in paths if path.is_file() and 2000 < path.stat().st_size < 400_000]
    random.Random(seed).shuffle(paths)
    tally = Tally()
    pages = [{"url": path.as_uri(), "spans": None} for path in paths[:most]]
    for path, read in zip(paths, _in_chromium(pages, seed=seed), strict=False):
        _compare(path, read, tally)
    print("| what | of | share % |\n| --- | ---: | ---: |")
    print(_row("pages with the same words in the same order", tally.same, tally.pages))
    print(_row("the browser's words that the server reads, in order", tally.shared, tally.words))
    print(_row("the server's words that the browser shows, in order", tally.shared, tally.servers))
    print(_row("selections found at their place in the server's text", tally.found, tally.asked))
    print(f"\n{tally.failed} pages could not be opened or were too long to compare.")
    for example in tally.unshown[:_SHOWN]:
        print(example, file=sys.stderr)


def _row(what: str, part: int, whole: int) -> str:
    return f"| {what} | {whole} | {100 * part / whole if whole else 0:.2f} |"


def _compare(path: Path, read: dict[str, Any], tally: Tally) -> None:
    page = page_text(decoded(path.read_bytes(), "text/html"))
    shown, ours = read.get("text", "").split(), page.text.split()
    if "error" in read or len(shown) > _MOST_WORDS or len(ours) > _MOST_WORDS or not shown:
        tally.failed += 1
        return
    matcher = SequenceMatcher(None, shown, ours, autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    tally.pages += 1
    tally.same += shown == ours
    tally.words += len(shown)
    tally.servers += len(ours)
    tally.shared += shared
    if shown != ours and (differences := _differences(matcher, shown, ours)):
        tally.unshown.append(f"{path}: {differences}")
    places = _Places(read["text"], page, matcher)
    for selection in filter(None, read["selections"]):
        expected = places.expected(*selection["truth"])
        if expected is None:
            continue  # the server's text holds none of it
        finding = refind(Selector.from_json(selection["selector"]), page)
        tally.asked += 1
        exact = selection["selector"]["exact"]
        is_found = _is_there(finding, expected, len(exact))
        tally.found += is_found
        if not is_found:
            tally.unshown.append(f"{path}: {exact!r} {finding.state} {expected} {finding.start}")


def _differences(matcher: SequenceMatcher[str], shown: list[str], ours: list[str]) -> str:
    """What the browser shows and the server reads otherwise; more on the server is mostly CSS."""
    parts = [
        f"{' '.join(shown[a:b])[:60]!r} → {' '.join(ours[c:d])[:60]!r}"
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal" and a < b
    ]
    return "; ".join(parts[:4])


class _Places:
    """Which place of the server's text a place of the browser's is, by the words that both hold."""

    def __init__(self, text: str, page: PageText, matcher: SequenceMatcher[str]) -> None:
        self._shown = list(_word_starts(text))
        self._ours = list(_word_starts(page.text))
        self._same = {
            block.a + number: block.b + number
            for block in matcher.get_matching_blocks()
            for number in range(block.size)
        }

    def expected(self, start: int, end: int) -> int | None:
        """Where the first of these words that both hold stands in the server's text."""
        for number, at in enumerate(self._shown):
            if start <= at < end and number in self._same:
                return self._ours[self._same[number]]
        return None


def _word_starts(text: str) -> Iterator[int]:
    at = 0
    for word in text.split():
        at = text.index(word, at)
        yield at
        at += len(word)


def _is_there(finding: Finding, at: int, length: int) -> bool:
    """Whether the finding is this passage; a letter that cuts into another word may be left out."""
    return (
        finding.state == "present"
        and finding.start is not None
        and finding.end is not None
        and finding.start < at + length
        and at < finding.end
    )


def _in_chromium(pages: list[dict[str, Any]], *, seed: int) -> Iterator[dict[str, Any]]:
    asked = {"pages": pages, "seed": seed + 1, "count": _SELECTIONS}
    script = Path(__file__).with_suffix(".mjs")
    done = subprocess.run(
        ["node", str(script)], input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"Error: {done.stderr.strip().splitlines()[-1]}")
    return map(json.loads, done.stdout.splitlines())


@dataclass(slots=True)
class Found:
    """Counts over errors of the corpus."""

    asked: int = 0
    exact: int = 0
    browser: int = 0
    blind: int = 0
    server: int = 0


def on_corpus(corrections: list[Correction]) -> None:
    """Each error selected on its page in Chromium, and found again there and by the server."""
    found = Found()
    by_text: dict[str, list[Correction]] = {}
    for correction in corrections:
        if correction.captured.span and correction.captured.span[0] < correction.captured.span[1]:
            by_text.setdefault(correction.captured.text, []).append(correction)
    with tempfile.TemporaryDirectory() as folder:
        pages = []
        for number, (text, errors) in enumerate(by_text.items()):
            path = Path(folder) / f"{number}.html"
            path.write_text(_as_html(text, errors[0].lang), encoding="utf-8")
            spans = [
                [_in_letters(text, at) for at in error.captured.span or ()] for error in errors
            ]
            pages.append({"url": path.as_uri(), "spans": spans})
        for number, read in enumerate(_in_chromium(pages, seed=1)):
            server = page_text((Path(folder) / f"{number}.html").read_text(encoding="utf-8"))
            for error, selection in zip(
                list(by_text.values())[number], read.get("selections") or [], strict=False
            ):
                _judge(error, selection, PageText(read["text"]), server, found)
    print("| an error selected in Chromium | of | right % |\n| --- | ---: | ---: |")
    print(_row("the selector holds it, letter for letter", found.exact, found.asked))
    print(_row("found again on the unchanged page", found.browser, found.asked))
    print(_row("found again there, its offsets unknown", found.blind, found.asked))
    print(_row("found at its place in the server's text", found.server, found.asked))


def _judge(
    error: Correction,
    selection: dict[str, Any] | None,
    browser: PageText,
    server: PageText,
    found: Found,
) -> None:
    found.asked += 1
    if selection is None:
        print(f"{error.id}: {error.error!r} could not be selected", file=sys.stderr)
        return
    selector = Selector.from_json(selection["selector"])
    blind = Selector(selector.exact, selector.prefix, selector.suffix)
    start, end = error.captured.span or (0, 0)
    found.exact += selector.exact.split() == error.captured.text[start:end].split()
    truth, length = selection["truth"][0], len(selector.exact)
    again = refind(selector, browser)
    found.browser += _is_there(again, truth, length)
    if not (_is_there(again, truth, length) and selector.exact == error.error):
        print(f"{error.id}: {error.error!r} {selector.exact!r} {again}", file=sys.stderr)
    found.blind += _is_there(refind(blind, browser), truth, length)
    # The letters before it without white space are the same on both sides.
    letters = len("".join(browser.text[:truth].split()))
    there = _after_letters(server.text, letters)
    found.server += _is_there(refind(selector, server), there, length)


def _after_letters(text: str, count: int) -> int:
    for at, letter in enumerate(text):
        if not letter.isspace():
            if count == 0:
                return at
            count -= 1
    return len(text)


def _as_html(text: str, lang: str) -> str:
    """Blocks by line; lines within one, which U+2028 parts, are code."""
    blocks = [
        f"<pre>\n{html.escape(line.replace(chr(0x2028), chr(10)))}</pre>"
        if "\u2028" in line
        else f"<p>{html.escape(line)}</p>"
        for line in text.split("\n")
    ]
    head = f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>Page</title>'
    return f"{head}<body>{''.join(blocks)}</body></html>"


def _in_letters(text: str, at: int) -> int:
    """The offset in the texts of the page, where blocks are parted by nothing."""
    return at - text.count("\n", 0, at)


if __name__ == "__main__":
    main()
