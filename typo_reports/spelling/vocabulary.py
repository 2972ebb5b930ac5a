"""How often words occur: a compiled list, read from disk one word length at a time.

Frequencies are on the Zipf scale: the logarithm to base ten of occurrences in a thousand million
words, 7.7 for "the", 3 for what comes once in a million words. Words are in lower case.
"""

from __future__ import annotations

import bisect
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

# A word in no list: rarer than the rarest that is.
UNLISTED = 0.9
# What every word counts for in a language without a list: something rather usual.
UNCOUNTED = 3.2
_LETTERS_ALONE = re.compile(r"[^'’-]{3}").fullmatch
_STEP = 10
# What is so frequent, in steps, is in use: once in two million words.
_USED_LEAST = 27
_FIRST = 0x30
# Fewer different triples of letters than a language has (all real lists have thousands).
_THREES_LEAST = 1_500


class Vocabulary:
    """The words of one language with their frequencies; `known` ones are in the dictionary too."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._blocks: dict[str, list[int]] = {}
        self._offset = 0
        self._read: dict[str, tuple[list[str], bytes]] = {}
        self._threes: set[str] | None = None
        self._used: dict[int, list[str]] = {}
        self.alphabet = ""
        self.tells_use = True
        if path is not None:
            with path.open("rb") as file:
                head = json.loads(file.readline())
                self._offset = file.tell()
            self._blocks = head["blocks"]
            self.alphabet = head["alphabet"]
            self.tells_use = head["tells_use"]

    @property
    def is_empty(self) -> bool:
        """Whether there is no list for this language."""
        return not self._blocks

    def zipf(self, word: str) -> float:
        """How frequent the word is; UNLISTED if it is not listed, UNCOUNTED without a list."""
        if self.is_empty:
            return UNCOUNTED
        for kind in ("known", "strange"):
            words, levels = self._block(kind, len(word))
            at = bisect.bisect_left(words, word)
            if at < len(words) and words[at] == word:
                return levels[at] / _STEP
        return UNLISTED

    def known_words(self, length: int) -> list[str]:
        """All words of that length that the dictionary knows, in order."""
        return self._block("known", length)[0]

    def used_words(self, length: int) -> list[str]:
        """Words of that length that are used often, though the dictionary does not know them."""
        if length not in self._used:
            words, levels = self._block("strange", length)
            self._used[length] = [
                word for word, level in zip(words, levels, strict=True) if level >= _USED_LEAST
            ]
        return self._used[length]

    def looks_possible(self, form: str) -> bool:
        """Whether every three letters of the form stand together in some known word.

        Asking is much quicker than asking a dictionary; a short list, or none, rules nothing out.
        """
        if self._threes is None:
            self._threes = {
                three for length in self._lengths() for three in self._of_length(length)
            }
        if len(self._threes) < _THREES_LEAST:
            return True
        edged = f" {form} "
        threes = (edged[at : at + 3] for at in range(len(form)))
        # Lists of frequencies cut words at apostrophes and hyphens: what stands there is open.
        return all(three in self._threes or not _LETTERS_ALONE(three) for three in threes)

    def _lengths(self) -> list[int]:
        return [int(key[6:]) for key in self._blocks if key.startswith("known-")]

    def _of_length(self, length: int) -> Iterator[str]:
        for word in self.known_words(length):
            edged = f" {word} "
            for at in range(length):
                yield edged[at : at + 3]

    def _block(self, kind: str, length: int) -> tuple[list[str], bytes]:
        key = f"{kind}-{length}"
        if key not in self._read:
            self._read[key] = self._load(key)
        return self._read[key]

    def _load(self, key: str) -> tuple[list[str], bytes]:
        if self._path is None or key not in self._blocks:
            return [], b""
        start, size = self._blocks[key]
        with self._path.open("rb") as file:
            file.seek(self._offset + start)
            lines = file.read(size).decode().split("\n")
        return [line[:-1] for line in lines], bytes(ord(line[-1]) - _FIRST for line in lines)


def compile_vocabulary(
    path: Path,
    known: Mapping[str, float],
    strange: Mapping[str, float],
    *,
    tells_use: bool = True,
) -> None:
    """Write the list: `known` to the dictionary, and `strange` words that occur nevertheless.

    `tells_use` is false where words unknown to dictionaries were not counted to begin with.
    """
    blocks: dict[str, list[int]] = {}
    body = bytearray()
    for kind, words in (("known", known), ("strange", strange)):
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in words:
            by_length[len(word)].append(word)
        for length, some in sorted(by_length.items()):
            block = "\n".join(word + _level(words[word]) for word in sorted(some)).encode()
            blocks[f"{kind}-{length}"] = [len(body), len(block)]
            body += block
    head = {"blocks": blocks, "alphabet": _alphabet(known), "tells_use": tells_use}
    partial = path.with_suffix(".partial")
    partial.write_bytes(json.dumps(head).encode() + b"\n" + bytes(body))
    partial.replace(path)


def _level(zipf: float) -> str:
    return chr(_FIRST + max(0, min(90, round(zipf * _STEP))))


def _alphabet(words: Iterable[str]) -> str:
    """The letters that make up all but the rarest of what is written."""
    counts: dict[str, int] = defaultdict(int)
    for word in words:
        for letter in word:
            counts[letter] += 1
    least = sum(counts.values()) / 20_000
    return "".join(sorted(letter for letter, count in counts.items() if count > least))
