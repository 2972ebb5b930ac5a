"""Characters that an eye can't tell apart or can't see: they may be the very error.

Names and classes come from the Unicode Character Database that Python carries.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from typo_reports.domain.words import N_

_SHORT_NAMES = {
    "\u00a0": N_("no-break space"),
    "\u202f": N_("narrow no-break space"),
    "\u00ad": N_("soft hyphen"),
    "\u200b": N_("zero-width space"),
    "\u200c": N_("zero-width non-joiner"),
    "\u200d": N_("zero-width joiner"),
    "\u2060": N_("word joiner"),
    "\ufeff": N_("byte order mark"),
    "\u200e": N_("left-to-right mark"),
    "\u200f": N_("right-to-left mark"),
    "\t": N_("tab"),
}
_LABELS = {
    "\u00a0": "NBSP",
    "\u202f": "NNBSP",
    "\u00ad": "SHY",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u2060": "WJ",
    "\ufeff": "BOM",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u061c": "ALM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\t": "TAB",
}
# These turn the direction of what follows: shown everywhere, and never let loose on the page.
DIRECTION_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
PLAIN, UNSEEN, LOOKALIKE = "plain", "unseen", "lookalike"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text of one kind. `label` stands for what can't be seen, `name` explains it."""

    kind: str
    text: str
    label: str = ""
    name: str = ""


def runs(text: str, *, every: bool) -> Iterator[Run]:
    """The text in runs; joined, their `text` is the text.

    With `every`, all odd characters are told apart; without, only control characters and those
    that turn the direction of writing, for text that is merely the surroundings of an error.
    """
    strange = _lookalikes(text) if every else frozenset()
    start = 0
    for at, character in enumerate(text):
        run = _odd(text, at, character, at in strange, every=every)
        if run is None:
            continue
        if start < at:
            yield Run(PLAIN, text[start:at])
        yield run
        start = at + 1
    if start < len(text):
        yield Run(PLAIN, text[start:])


def _odd(text: str, at: int, character: str, is_strange: bool, *, every: bool) -> Run | None:
    if is_strange:
        return Run(LOOKALIKE, character, name=_name(character))
    if " " <= character <= "~" or character == "\n":
        return None
    category = unicodedata.category(character)
    turns = character in DIRECTION_CONTROLS
    shown = category in {"Cc", "Cn", "Co", "Cs"} or turns
    if every:
        shown = shown or category in {"Cf", "Zl", "Zp"} or (category == "Zs" and character != " ")
    if not shown or _joins_emoji(text, at):
        return None
    return Run(UNSEEN, character, _label(character), _name(character))


def _joins_emoji(text: str, at: int) -> bool:
    """A joiner between two pictures makes one picture of them; nothing odd about it."""
    return (
        text[at] == "\u200d"
        and 0 < at < len(text) - 1
        and unicodedata.category(text[at + 1]) == "So"
    )


def _label(character: str) -> str:
    return _LABELS.get(character) or f"U+{ord(character):04X}"


def _name(character: str) -> str:
    known = _SHORT_NAMES.get(character)
    # Other names are those of the Unicode Character Database, which has them in English.
    name = known or unicodedata.name(character, "").lower() or N_("a character without a name")
    return N_("%(name)s (U+%(number)s)", name=name, number=format(ord(character), "04X"))


def _lookalikes(text: str) -> frozenset[int]:
    """Where a letter of another script stands among Latin, Cyrillic or Greek ones of a word."""
    found: set[int] = set()
    word: list[tuple[int, str]] = []
    for at, character in enumerate(text + " "):
        script = _script(character) if character.isalpha() else None
        if script is not None:
            word.append((at, script))
        elif not unicodedata.category(character).startswith("M"):
            found.update(_minority(word))
            word = []
    return frozenset(found)


def _script(character: str) -> str | None:
    if character < "\u00aa":
        return "LATIN"
    name = unicodedata.name(character, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), None)


def _minority(word: list[tuple[int, str]]) -> list[int]:
    scripts = [script for _, script in word]
    if len(set(scripts)) < 2:
        return []
    main = max(_SCRIPTS, key=scripts.count)
    return [at for at, script in word if script != main]
