"""What the bench of spelling counts in one language, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Figures:
    """What was counted in one language."""

    records: int = 0
    # Single words that the dictionary does not know: those that a speller can see.
    seen: int = 0
    # Of these the spelling errors whose correction the dictionary knows.
    in_reach: int = 0
    first_in_reach: int = 0
    pointed_in_reach: int = 0
    nearest_first: int = 0
    first: int = 0
    among_three: int = 0
    hunspell_first: int = 0
    hunspell_three: int = 0
    pointed: int = 0
    ranked_first: int = 0
    pointed_asked: int = 0
    spoke: int = 0
    naive_pointed: int = 0
    # Wrong words that are words: said rightly, and another word said instead.
    real_words: int = 0
    real_words_pointed: int = 0
    real_words_missaid: int = 0
    flags: int = 0
    naive_flags: int = 0
    words: int = 0
    milliseconds: list[float] = field(default_factory=list)
    hunspell_milliseconds: list[float] = field(default_factory=list)
    passage_milliseconds: list[float] = field(default_factory=list)
    megabytes: float = 0.0

    def as_data(self) -> dict[str, float | int | None]:
        """Shares in per cent, None where nothing was asked; times in milliseconds."""
        return {
            "records": self.records,
            "flagged": self.seen,
            "fix_first": _per_cent(self.first, self.seen),
            "fix_in_three": _per_cent(self.among_three, self.seen),
            "hunspell_first": _per_cent(self.hunspell_first, self.seen),
            "hunspell_in_three": _per_cent(self.hunspell_three, self.seen),
            "nearest_first": _per_cent(self.nearest_first, self.seen),
            "points_right": _per_cent(self.pointed, self.pointed_asked),
            "ranked_first": _per_cent(self.ranked_first, self.pointed_asked),
            "points_right_of_said": _per_cent(self.pointed, self.spoke),
            "first_unknown_right": _per_cent(self.naive_pointed, self.pointed_asked),
            "spelling_errors": self.in_reach,
            "spelling_fix_first": _per_cent(self.first_in_reach, self.in_reach),
            "spelling_points_right": _per_cent(self.pointed_in_reach, self.in_reach),
            "real_words": self.real_words,
            "real_words_right": _per_cent(self.real_words_pointed, self.real_words),
            "real_words_missaid": _per_cent(self.real_words_missaid, self.real_words),
            "words": self.words,
            "false_flags_per_100": _per_cent(self.flags, self.words),
            "unknown_per_100": _per_cent(self.naive_flags, self.words),
            "word_p95_ms": _p95(self.milliseconds),
            "passage_p95_ms": _p95(self.passage_milliseconds),
            "hunspell_p95_ms": _p95(self.hunspell_milliseconds),
            "megabytes": self.megabytes,
        }


def _per_cent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 2) if whole else None


def _p95(spent: list[float]) -> float | None:
    return round(sorted(spent)[int(len(spent) * 0.95)], 1) if spent else None
