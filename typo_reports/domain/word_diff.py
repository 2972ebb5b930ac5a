"""What a correction changes, word by word, for people to read.

Words are runs of letters, digits and their marks; in scripts that put no spaces between words
each letter with its marks counts as one. Lengths are in code points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

KEEP = "keep"
DELETE = "delete"
INSERT = "insert"

# The table of the comparison has (words × words) cells: 60,000 take about 15 ms. Two texts that
# differ in more places than that are shown as one replaced by the other.
MAX_CELLS = 60_000
_JOINERS = {"'", "’", "-", "\u00ad", "\u200c", "\u200d", "\u05f3", "\u05f4"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is kept, deleted or inserted."""

    kind: str
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The pieces that lead from `old` to `new`; kept and deleted ones joined give `old`."""
    before, after = words(old), words(new)
    left = _shared(before, after)
    right = _shared(before[left:][::-1], after[left:][::-1])
    middle = _compare(before[left : len(before) - right], after[left : len(after) - right])
    pieces = [Piece(KEEP, word) for word in before[:left]]
    pieces += middle
    pieces += [Piece(KEEP, word) for word in before[len(before) - right :]]
    return list(_joined(pieces))


def words(text: str) -> list[str]:
    """The text cut into words, single marks and runs of white space; joined it is the text."""
    found: list[str] = []
    for cluster in _clusters(text):
        if found and _belongs(found[-1], cluster):
            found[-1] += cluster
        else:
            found.append(cluster)
    return found


def _clusters(text: str) -> Iterator[str]:
    """Each letter with the marks that stand on it."""
    cluster = ""
    for character in text:
        if cluster and unicodedata.category(character).startswith("M"):
            cluster += character
            continue
        if cluster:
            yield cluster
        cluster = character
    if cluster:
        yield cluster


def _belongs(word: str, cluster: str) -> bool:
    if word.isspace() and cluster.isspace():
        return True
    if not (_is_letter(word[0]) and not _stands_alone(word[0])):
        return False
    if cluster[0] in _JOINERS:
        return True
    return _is_letter(cluster[0]) and not _stands_alone(cluster[0])


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _stands_alone(character: str) -> bool:
    """Whether the script writes words without spaces: Thai to Khmer, kana, Han."""
    return (
        "\u0e00" <= character <= "\u0eff"
        or "\u1000" <= character <= "\u109f"
        or "\u1780" <= character <= "\u17ff"
        or "\u2e80" <= character <= "\ua4cf"
        or "\uf900" <= character <= "\ufaff"
        or character >= "\U00020000"
    )


def _shared(before: list[str], after: list[str]) -> int:
    count = 0
    for old, new in zip(before, after, strict=False):
        if old != new:
            break
        count += 1
    return count


def _compare(before: list[str], after: list[str]) -> list[Piece]:
    if not before or not after or len(before) * len(after) > MAX_CELLS:
        pieces = [Piece(DELETE, "".join(before)), Piece(INSERT, "".join(after))]
        return [piece for piece in pieces if piece.text]
    table = _common_weights(before, after)
    pieces = []
    i = j = 0
    while i < len(before) and j < len(after):
        if before[i] == after[j]:
            pieces.append(Piece(KEEP, before[i]))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            pieces.append(Piece(DELETE, before[i]))
            i += 1
        else:
            pieces.append(Piece(INSERT, after[j]))
            j += 1
    pieces += [Piece(DELETE, word) for word in before[i:]]
    pieces += [Piece(INSERT, word) for word in after[j:]]
    return pieces


def _common_weights(before: list[str], after: list[str]) -> list[list[int]]:
    """What the rests before[i:] and after[j:] share in order, for every i and j.

    A shared word weighs more than spaces, else a diff would rather line up the gaps.
    """
    weights = [4 if word[0].isalnum() else 1 for word in before]
    table = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        row, below = table[i], table[i + 1]
        for j in range(len(after) - 1, -1, -1):
            if before[i] == after[j]:
                row[j] = below[j + 1] + weights[i]
            else:
                row[j] = max(below[j], row[j + 1])
    return table


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one; a lone space between two changes changes with them."""
    for changed, run in groupby(_without_islands(pieces), key=lambda piece: piece.kind != KEEP):
        together = list(run)
        if not changed:
            yield Piece(KEEP, "".join(piece.text for piece in together))
            continue
        for kind in (DELETE, INSERT):
            text = "".join(piece.text for piece in together if piece.kind == kind)
            if text:
                yield Piece(kind, text)


def _without_islands(pieces: list[Piece]) -> Iterator[Piece]:
    for at, piece in enumerate(pieces):
        island = (
            piece.kind == KEEP
            and piece.text.isspace()
            and 0 < at < len(pieces) - 1
            and pieces[at - 1].kind != KEEP
            and pieces[at + 1].kind != KEEP
        )
        if island:
            yield Piece(DELETE, piece.text)
            yield Piece(INSERT, piece.text)
        else:
            yield piece
