"""Words that ran together: «ofthe», «adocumentos», «filterSection», «какПросмотр»."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from typo_reports.spelling.candidate import Candidate
from typo_reports.spelling.vocabulary import UNLISTED, Vocabulary

SPLIT_COST = 1.5
# A capital within tells where one word ends.
_CAPITAL_COST = 0.5
# Two words in a row are as frequent as the product of both, times about a thousand, for words
# that stand together are seldom strangers.
_TOGETHER = 6.2
_SHORTEST_PART = 2
# Words of one letter, by language; dictionaries call nearly any letter a word.
_LETTERS = {
    "en": "ai", "es": "aeouy", "fr": "àay", "it": "aeio", "pt": "aeoàé", "ca": "aeio",
    "ru": "аивкосуя", "uk": "аівзоуяй", "be": "аіузя", "bg": "ависо", "pl": "aiouwz",
    "cs": "aikosuvz", "sk": "aikosuvz", "el": "ηο",
}  # fmt: skip


def parted(
    written: str, code: str, knows: Callable[[str], bool], vocabulary: Vocabulary
) -> Iterator[Candidate]:
    """Two known words that make up one (in lower case)."""
    letters = _LETTERS.get(code.partition("-")[0], "")
    for at in range(1, len(written)):
        left, right = written[:at], written[at:]
        if any(len(part) < _SHORTEST_PART and part not in letters for part in (left, right)):
            continue
        rarer = min(vocabulary.zipf(left), vocabulary.zipf(right))
        if rarer <= UNLISTED or not (knows(left) and knows(right)):
            continue
        yield Candidate(f"{left} {right}", _zipf(left, right, vocabulary), SPLIT_COST)


def parted_at_capital(
    written: str, knows: Callable[[str], bool], vocabulary: Vocabulary
) -> Candidate | None:
    """Two known words whose second has kept its capital; None if it is not so."""
    capitals = [at for at, letter in enumerate(written) if at and letter.isupper()]
    if len(capitals) != 1:
        return None
    left, right = written[: capitals[0]], written[capitals[0] :]
    if min(len(left), len(right)) < _SHORTEST_PART or not (knows(left) and knows(right)):
        return None
    return Candidate(
        f"{left} {right}", _zipf(left.lower(), right.lower(), vocabulary), _CAPITAL_COST
    )


def _zipf(left: str, right: str, vocabulary: Vocabulary) -> float:
    return vocabulary.zipf(left) + vocabulary.zipf(right) - _TOGETHER
