"""A word that may be meant."""

from __future__ import annotations

from dataclasses import dataclass

# What one point of the channel's cost weighs against a tenfold frequency.
COST_WEIGHT = 3.4
# The weights of the order, fitted as a conditional logit to 1,024 corrections of manuals and
# programs in five languages and tried on 483 of other publications, docs/spelling.md.
_COST_IN_ORDER = 4.7
_OTHER_LAST_LETTER = -1.1
_LEFT_OUT_LETTER = 0.7
_TWO_WORDS = 1.4
_CAPITAL_ALONE = -2.5
_CAPITAL_ALONE_OF_NOUNS = -1.5
UNKNOWN = -2.1
ON_THE_PAGE = 1.4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be meant: its Zipf frequency, the cost of its having been written so.

    `preference` is what else speaks for it being meant rather than another candidate.
    """

    text: str
    zipf: float
    cost: float
    preference: float = 0.0

    @property
    def score(self) -> float:
        """How likely it is meant, comparable with a Zipf frequency."""
        return self.zipf - COST_WEIGHT * self.cost

    @property
    def rank(self) -> float:
        """What the candidates for one word are put in order by, the likeliest highest."""
        return self.zipf - _COST_IN_ORDER * self.cost + self.preference


def preference(written: str, meant: str, *, nouns_are_capital: bool = False) -> float:
    """What the shapes of both (in lower case) say beside the cost.

    Letters are left out rather than put in; what differs at its end is another form of the word,
    of which there are many; and where nouns have none a capital is seldom all that is missing.
    """
    if " " in meant:
        return _TWO_WORDS
    if written == meant:
        return _CAPITAL_ALONE_OF_NOUNS if nouns_are_capital else _CAPITAL_ALONE
    found = _LEFT_OUT_LETTER * max(0, len(meant) - len(written))
    return found if written[-1:] == meant[-1:] else found + _OTHER_LAST_LETTER
