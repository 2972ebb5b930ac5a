"""Words that lost their vowel before another: l'histoire, qu'elle, d'erreur."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from typo_reports.spelling.candidate import Candidate
from typo_reports.spelling.channel import APOSTROPHE, bare
from typo_reports.spelling.vocabulary import Vocabulary

# What stands before the apostrophe, by language.
_HEADS = {
    "fr": ("l", "d", "qu", "n", "s", "m", "t", "j", "c", "jusqu", "lorsqu", "puisqu"),
    "it": ("l", "d", "un", "dell", "all", "dall", "nell", "sull", "quell", "c", "s", "m", "t"),
    "ca": ("l", "d", "n", "s", "m", "t"),
}
_VOWELS = frozenset("aeiouyhœæ")
_SHORTEST = 3
_JOINERS = {"'", "-"}
# Lists count the word without what stands before it; with it, it is much rarer.
_WITH_HEAD = 1.5


def elides(code: str) -> bool:
    """Whether the language has such words."""
    return code.partition("-")[0] in _HEADS


def cut(code: str, word: str) -> tuple[str, str]:
    """The elided word with its apostrophe, and the rest; an empty one if there is none."""
    head, apostrophe, rest = word.partition("'")
    heads = _HEADS.get(code.partition("-")[0], ())
    return (head + apostrophe, rest) if rest and head.lower() in heads else ("", word)


def is_well_elided(code: str, form: str) -> bool:
    """Whether an apostrophe or hyphen stands between letters, an elided word before a vowel.

    Dictionaries are laxer: to the French one «d'bruitage» and «'régénérées» are words.
    """
    if form[:1] in _JOINERS or form[-1:] in _JOINERS:
        return False
    head, rest = cut(code, form)
    return not head or bare(rest[0]) in _VOWELS


def with_head(head: str, meant: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates for the rest of a word, each behind what stood before it."""
    for one in meant:
        if one.text[:1] != "'":
            yield replace(one, text=head + one.text)


def apostrophe_left_out(
    written: str, code: str, knows: Callable[[str], bool], vocabulary: Vocabulary
) -> Iterator[Candidate]:
    """«loption»: what is meant if only the apostrophe is missing; `written` in lower case."""
    for head in _HEADS.get(code.partition("-")[0], ()):
        rest = written.removeprefix(head)
        if rest == written or len(rest) < _SHORTEST or bare(rest[0]) not in _VOWELS:
            continue
        if knows(rest):
            yield Candidate(f"{head}'{rest}", vocabulary.zipf(rest) - _WITH_HEAD, APOSTROPHE)
