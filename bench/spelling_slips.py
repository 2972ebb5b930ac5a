"""A corpus of slips put into right texts, for `bench.spelling` where real corrections are few.

    python -m bench.spelling_slips TEXTS OUT [--misspellings FOLDER] [--each 200]

TEXTS holds `<language>/<publication>/*.txt`. In each file words are mistyped at random: two
letters swapped, one left out, doubled, struck beside, or its accent left out. With
`FOLDER/<language>.tsv` (wrong, tabulator, right) half of the slips are misspellings that people
really make. OUT becomes a folder in the format of `bench.evaluate_corpus`; a file counts as a
publication, so that the halves share none. The same texts give the same slips.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from typo_reports.spelling.doubt import CAPITAL_NOUNS
from typo_reports.spelling.words import Word, words_of

_ROWS = {
    "ru": ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    "de": ("qwertzuiopü", "asdfghjklöä", "yxcvbnm"),
    "fr": ("azertyuiop", "qsdfghjklm", "wxcvbn"),
    "es": ("qwertyuiop", "asdfghjklñ", "zxcvbnm"),
    "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
}
_AROUND = 4_000
_SHORTEST = 4
# A line with fewer words is a heading, code or a row of a table.
_WORDS_LEAST = 6
# Letters that a language has in their own right; й without its mark is no slip of an accent.
_OWN_LETTERS = frozenset("йё")

Slip = Callable[[str, random.Random, str], str | None]


def swapped(word: str, rng: random.Random, _lang: str) -> str | None:
    """Two neighbouring letters change places."""
    places = [at for at in range(len(word) - 1) if word[at].lower() != word[at + 1].lower()]
    at = rng.choice(places) if places else 0
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :] if places else None


def left_out(word: str, rng: random.Random, _lang: str) -> str | None:
    """A letter is missing, seldom the first."""
    at = rng.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def doubled(word: str, rng: random.Random, _lang: str) -> str | None:
    """A letter stands twice."""
    at = rng.randrange(len(word))
    return word[: at + 1] + word[at].lower() + word[at + 1 :]


def beside(word: str, rng: random.Random, lang: str) -> str | None:
    """A key beside the right one was struck."""
    at = rng.randrange(len(word))
    for row in _ROWS.get(lang, _ROWS["en"]):
        key = row.find(word[at].lower())
        if key >= 0:
            other = row[max(0, key - 1) : key] + row[key + 1 : key + 2]
            letter = rng.choice(other)
            return word[:at] + (letter.upper() if word[at].isupper() else letter) + word[at + 1 :]
    return None


def accent_left_out(word: str, rng: random.Random, _lang: str) -> str | None:
    """A letter without its mark."""
    marked = [at for at, one in enumerate(word) if one not in _OWN_LETTERS and _bare(one) != one]
    if not marked:
        return None
    at = rng.choice(marked)
    return word[:at] + _bare(word[at]) + word[at + 1 :]


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


SLIPS: tuple[Slip, ...] = (swapped, left_out, doubled, beside, accent_left_out)


def main() -> None:
    """Write the corpus."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--misspellings", type=Path)
    parser.add_argument("--each", type=int, default=200, help="slips for each language")
    arguments = parser.parse_args()
    records: list[dict[str, Any]] = []
    texts: dict[str, str] = {}
    for folder in sorted(path for path in arguments.texts.iterdir() if path.is_dir()):
        pairs = _pairs(arguments.misspellings, folder.name)
        for record, pages in slips(folder, pairs, arguments.each):
            records.append(record)
            texts |= pages
    arguments.out.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (arguments.out / "corrections.jsonl.gz").write_bytes(gzip.compress(lines.encode(), mtime=0))
    (arguments.out / "texts.json.gz").write_bytes(
        gzip.compress(json.dumps(texts).encode(), mtime=0)
    )
    print(len(records), "slips")


def slips(
    folder: Path, pairs: dict[str, list[str]], each: int
) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Records and their pages: as many from each publication, in the order of its files."""
    lang = folder.name
    publications = sorted(path for path in folder.iterdir() if path.is_dir())
    for publication in publications:
        files = sorted(publication.glob("*.txt"))
        share = each // len(publications)
        rng = random.Random(f"{lang}/{publication.name}")
        rng.shuffle(files)
        made = 0
        for at in range(share * 4):
            if made >= share or not files:
                break
            file = files[at % len(files)]
            text = file.read_text(encoding="utf-8")
            slip = _slip(text, lang, pairs if made % 2 else {}, rng)
            if slip is None:
                continue
            made += 1
            yield _record(f"{lang}-{publication.name}-{made}", file, lang, text, *slip)


def _slip(
    text: str, lang: str, pairs: dict[str, list[str]], rng: random.Random
) -> tuple[Word, str] | None:
    words = [word for word in words_of(text) if _is_prose(text, word, lang)]
    if pairs:
        words = [word for word in words if word.text in pairs]
    if not words:
        return None
    word = rng.choice(words)
    if pairs:
        return word, rng.choice(pairs[word.text])
    for slip in rng.sample(SLIPS, len(SLIPS)):
        wrong = slip(word.text, rng, lang)
        if wrong is not None and wrong != word.text:
            return word, wrong
    return None


def _is_prose(text: str, word: Word, lang: str) -> bool:
    if len(word.text) < _SHORTEST or not word.text.isalpha() or not word.text[1:].islower():
        return False
    if word.text[0].isupper() and not word.opens and lang not in CAPITAL_NOUNS:
        return False
    line = text[text.rfind("\n", 0, word.start) + 1 :].partition("\n")[0]
    return len(re.findall(r"\w+", line)) >= _WORDS_LEAST


def _record(
    name: str, file: Path, lang: str, text: str, word: Word, wrong: str
) -> tuple[dict[str, Any], dict[str, str]]:
    begin, end = max(0, word.start - _AROUND), min(len(text), word.end + _AROUND)
    right = text[begin:end]
    start = word.start - begin
    page = right[:start] + wrong + right[start + len(word.text) :]
    seen = {"text": f"{name}-wrong", "span": [start, start + len(wrong)]}
    after = {"text": f"{name}-right", "span": [start, start + len(word.text)]}
    path = f"{file.parent.name}/{file.name}"
    record = {
        "id": name, "lang": lang, "kind": "spelling", "error": wrong, "correction": word.text,
        "captured": seen, "before": seen, "after": after, "later": None,
        "source": {"repo": path, "path": path}, "licence": "",
    }  # fmt: skip
    return record, {seen["text"]: page, after["text"]: right}


def _pairs(folder: Path | None, lang: str) -> dict[str, list[str]]:
    """What people write for a right word, by that word."""
    pairs: dict[str, list[str]] = {}
    file = folder / f"{lang}.tsv" if folder else None
    if file is not None and file.is_file():
        for line in file.read_text(encoding="utf-8").splitlines():
            wrong, _, right = line.partition("\t")
            if wrong.isalpha() and right.isalpha() and wrong != right:
                pairs.setdefault(right, []).append(wrong)
    return pairs


if __name__ == "__main__":
    main()
