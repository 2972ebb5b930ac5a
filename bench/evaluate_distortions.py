"""Pages as a server reads them, not as a browser shows them, with the error's new place."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

Distortion = Callable[[str, str, random.Random], str]


def _no_break_spaces(letter: str, following: str, rng: random.Random) -> str:
    return "\u00a0" if letter == " " and rng.random() < 0.5 else letter


def _source_line_ends(letter: str, following: str, rng: random.Random) -> str:
    return "\n  " if letter == " " and rng.random() < 0.2 else letter


def _soft_hyphens(letter: str, following: str, rng: random.Random) -> str:
    inside = letter.isalpha() and following.isalpha() and rng.random() < 0.2
    return letter + "\u00ad" if inside else letter


def _decomposed(letter: str, following: str, rng: random.Random) -> str:
    return unicodedata.normalize("NFD", letter)


def _bidi_marks(letter: str, following: str, rng: random.Random) -> str:
    return letter + rng.choice("\u200e\u200f\u2068\u2069") if letter == " " else letter


def _typographer(letter: str, following: str, rng: random.Random) -> str:
    return {"'": "’", '"': "”", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"'}.get(
        letter, letter
    )


def _footnote_marks(letter: str, following: str, rng: random.Random) -> str:
    ends = letter.isalpha() and following == " " and rng.random() < 0.05
    return f"{letter}[{rng.randint(1, 40)}]" if ends else letter


def _glued_blocks(letter: str, following: str, rng: random.Random) -> str:
    return "" if letter == "\n" else letter


DISTORTIONS: dict[str, Distortion] = {
    "no-break spaces": _no_break_spaces,
    "line ends of the source": _source_line_ends,
    "soft hyphens": _soft_hyphens,
    "NFD": _decomposed,
    "bidi marks": _bidi_marks,
    "quotes": _typographer,
    "footnote marks": _footnote_marks,
    "glued blocks": _glued_blocks,
}


def distorted(text: str, name: str, *, seed: int) -> tuple[str, list[int]]:
    """The distorted text, and for each offset of the old text (its end too) the new one."""
    change, rng = DISTORTIONS[name], random.Random(seed)
    parts, places, length = [], [], 0
    for at, letter in enumerate(text):
        places.append(length)
        part = change(letter, text[at + 1 : at + 2], rng)
        parts.append(part)
        length += len(part)
    return "".join(parts), [*places, length]
