"""A corpus of real corrections, from two releases of the same texts, for `bench.spelling`.

    python -m bench.spelling_releases OLD NEW OUT [--languages en,de,es,fr,ru]

OLD and NEW hold `<publication>/…`, as an unpacked package or a checkout has it: HTML pages and text
files with their language as a folder of their path (or none: English), and catalogues of
translations (`<language>/LC_MESSAGES/*.mo`; what is translated there is English). Where a line of
the older release is gone, and one of the newer differs from it by one word of nearly the same
letters, somebody has corrected it, or changed their mind: what differs by a hyphen, a capital or a
digit alone is left out. OUT becomes a folder in the format of `bench.evaluate_corpus`.
"""

from __future__ import annotations

import argparse
import gettext
import gzip
import html
import json
import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from typo_reports.pages.text import page_text

LANGUAGES = ("en", "de", "es", "fr", "ru")
_TOKEN = re.compile(r"[^\W_]+(?:['’\-‑][^\W_]+)*|[^\w\s]|_")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-‑][^\W\d_]+)*")
_JOINERS = str.maketrans("", "", " -‑'’")
_MARKUP = re.compile(r"<[^<>]{0,80}>|(?<![&\w])[&_](?=\w)")
_FEWEST, _MOST = 4, 120
_LONGEST = 1_500
_AROUND = 8_000
# The same correction in a hundred places says no more than twice.
_SAME_MOST = 2
# Most of a text in another alphabet, or untranslated, is no text of the language.
_USUAL_WORDS = {
    "en": "the of and to a in is that for it this with be are you or not on if from",
    "de": "der die das und ist nicht ein eine zu den mit von für wird werden auf im sie oder dem",
    "es": "el la los las de del y es un una para en que no se con por como al su",
    "fr": "le la les de des et est un une pour dans que qui pas du sur avec par ne au",
    "ru": "и в не на с для из по к что это или если от как при может быть он до",
}
_USUAL = {code: frozenset(words.split()) for code, words in _USUAL_WORDS.items()}


@dataclass(frozen=True, slots=True)
class Document:
    """A page or a catalogue: its lines in order."""

    publication: str
    language: str
    path: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Change:
    """The word at `start` of line number `at`, and what stands there in the newer release."""

    document: Document
    at: int
    start: int
    error: str
    correction: str


def main() -> None:
    """Make the corpus and say how many corrections each language has."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    arguments = parser.parse_args()
    languages = arguments.languages.split(",")
    found: list[Change] = []
    for folder in sorted(arguments.old.iterdir()):
        if (arguments.new / folder.name).is_dir():
            old = list(documents(folder, languages))
            found += changes(old, list(documents(arguments.new / folder.name, languages)))
    write(arguments.out, found)
    print(dict(Counter(one.document.language for one in found)))


def documents(folder: Path, languages: Sequence[str]) -> Iterator[Document]:
    """What can be read in a publication's folder, in those languages."""
    ids: dict[str, None] = {}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        parts = path.relative_to(folder).parts
        language = _language(parts, languages)
        name = "/".join(parts)
        if path.suffix == ".mo":
            translated = _catalogue(path)
            ids |= dict.fromkeys(line for key in translated for line in _lines(key))
            if language in languages and language != "en":
                lines = [line for text in translated.values() for line in _lines(text)]
                yield Document(folder.name, language, name, lines)
        elif language in languages and path.suffix in {".html", ".htm", ".txt"}:
            text = path.read_text(encoding="utf-8", errors="replace")
            text = text if path.suffix == ".txt" else page_text(text).text
            yield Document(folder.name, language, name, text.splitlines())
    if ids and "en" in languages:
        yield Document(folder.name, "en", "messages", list(ids))


def _language(parts: Sequence[str], languages: Sequence[str]) -> str:
    """The language that a folder of the path names; English if none does, "" if another is."""
    if "LC_MESSAGES" in parts:
        parts = parts[: parts.index("LC_MESSAGES") + 1][-2:]
    for part in reversed(parts[:-1]):
        code = re.fullmatch(r"([a-z]{2,3})(?:[_-][A-Za-z]{2,4})?(?:@\w+)?", part)
        if code and code[1] in languages:
            return code[1]
    return "" if "LC_MESSAGES" in parts else "en"


def _catalogue(path: Path) -> dict[str, str]:
    try:
        with path.open("rb") as file:
            found = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    except (OSError, ValueError, IndexError, struct.error):
        return {}
    # A message with plural forms stands there as (message, number of the form).
    return {key if isinstance(key, str) else key[0]: text for key, text in found.items() if key}


def _lines(text: str) -> Iterator[str]:
    plain = html.unescape(_MARKUP.sub("", text.rpartition("\x04")[2]))
    return (" ".join(line.split()) for line in plain.split("\n") if line.strip())


def changes(old: Sequence[Document], new: Sequence[Document]) -> Iterator[Change]:
    """The words that were changed between two releases of one publication."""
    added = _added(old, new)
    same: Counter[tuple[str, str, str]] = Counter()
    seen: set[str] = set()
    now = {(one.language, line) for one in new for line in one.lines}
    for document in old:
        for at, line in enumerate(document.lines):
            if line in seen or (document.language, line) in now:
                continue
            seen.add(line)
            change = _change(document, at, line, added)
            if change is None:
                continue
            key = (document.language, change.error, change.correction)
            same[key] += 1
            if same[key] <= _SAME_MOST:
                yield change


_Rest = tuple[str, tuple[str, ...], tuple[str, ...]]


def _added(old: Sequence[Document], new: Sequence[Document]) -> dict[_Rest, set[str]]:
    """What stands in each gap of a new line, by the line without it (one word, or two)."""
    before = {(one.language, line) for one in old for line in one.lines}
    found: dict[_Rest, set[str]] = defaultdict(set)
    for document in new:
        for line in document.lines:
            if len(line) > _LONGEST or (document.language, line) in before:
                continue
            tokens = tuple(_TOKEN.findall(line))
            if not _FEWEST <= len(tokens) <= _MOST:
                continue
            for at in range(len(tokens)):
                for many in (1, 2):
                    words = tokens[at : at + many]
                    if len(words) == many and all(map(_WORD.fullmatch, words)):
                        rest = (document.language, tokens[:at], tokens[at + many :])
                        found[rest].add(" ".join(words))
    return found


def _change(document: Document, at: int, line: str, added: dict[_Rest, set[str]]) -> Change | None:
    matches = list(_TOKEN.finditer(line)) if len(line) <= _LONGEST else []
    tokens = tuple(match[0] for match in matches)
    if not _FEWEST <= len(tokens) <= _MOST or not _is_in(document.language, tokens):
        return None
    found = [
        (match, put)
        for place, match in enumerate(matches)
        for put in added.get((document.language, tokens[:place], tokens[place + 1 :]), ())
        if _is_correction(match[0], put)
    ]
    if len(found) != 1:
        return None
    match, put = found[0]
    return Change(document, at, match.start(), match[0], put)


def _is_in(language: str, tokens: Sequence[str]) -> bool:
    counts = {
        code: sum(token.lower() in words for token in tokens) for code, words in _USUAL.items()
    }
    own = counts.get(language)
    return own is None or (own > 0 and own == max(counts.values()))


def _is_correction(error: str, correction: str) -> bool:
    """Whether the letters are nearly the same, and not only joined or capitalized otherwise."""
    if not _WORD.fullmatch(error):
        return False
    wrong, right = error.lower(), correction.lower()
    if wrong == right or ("-" in right and wrong == right.translate(_JOINERS)):
        return False
    most = 1 if len(wrong) < 4 else 2 if len(wrong) < 9 else 3
    return OSA.distance(wrong, right, score_cutoff=most) <= most


def write(out: Path, found: Sequence[Change]) -> None:
    """The corpus: each correction with the lines around it, before and after."""
    out.mkdir(parents=True, exist_ok=True)
    texts: dict[str, str] = {}
    with gzip.open(out / "corrections.jsonl.gz", "wt", encoding="utf-8") as file:
        for number, change in enumerate(found):
            file.write(json.dumps(_record(number, change, texts), ensure_ascii=False) + "\n")
    with gzip.open(out / "texts.json.gz", "wt", encoding="utf-8") as file:
        json.dump(texts, file, ensure_ascii=False)


def _record(number: int, change: Change, texts: dict[str, str]) -> dict[str, Any]:
    lines, at = change.document.lines, change.at
    first = at
    while first > 0 and sum(map(len, lines[first:at])) < _AROUND:
        first -= 1
    last = at
    while last + 1 < len(lines) and sum(map(len, lines[at:last])) < _AROUND:
        last += 1
    page = "\n".join(lines[first : last + 1])
    start = sum(len(line) + 1 for line in lines[first:at]) + change.start
    end = start + len(change.error)
    before, after = f"t{number}", f"t{number}-after"
    texts[before] = page
    texts[after] = page[:start] + change.correction + page[end:]
    reported = {"text": before, "span": [start, end]}
    return {
        "id": f"r{number}",
        "lang": change.document.language,
        "kind": "spelling",
        "error": change.error,
        "correction": change.correction,
        "captured": reported,
        "before": reported,
        "after": {"text": after, "span": [start, start + len(change.correction)]},
        "later": None,
        "source": {"repo": change.document.publication, "path": change.document.path},
    }


if __name__ == "__main__":
    main()
