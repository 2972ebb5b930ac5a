"""What the engine finds: a span of the passage, what is wrong with it, and what it should be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MISSPELLED = "misspelled"
RUN_TOGETHER = "run-together"
SPLIT_WORD = "split-word"
MIXED_SCRIPTS = "mixed-scripts"
DOUBLED_WORD = "doubled-word"
# A right word in the wrong place; most of these only a second checker (LanguageTool) finds.
GRAMMAR = "grammar"
# The reader wrote the correction; the engine only says where it applies.
CORRECTED = "corrected"

MOST_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """text[start:end] is suspicious. `score` grows with certainty; suggestions are best first.

    Offsets are in code points of the selector's `exact`. `agrees` tells of a reader's correction
    whether the dictionary knows its words, or whether it is what the engine would have offered;
    None where no dictionary could be asked.
    """

    start: int
    end: int
    word: str
    kind: str
    suggestions: tuple[str, ...]
    score: float
    agrees: bool | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is stored with the case and shown by the API."""
        data: dict[str, Any] = {
            "start": self.start,
            "end": self.end,
            "word": self.word,
            "suggestions": list(self.suggestions),
            "kind": self.kind,
            "score": round(self.score, 2),
        }
        if self.agrees is not None:
            data["agrees"] = self.agrees
        return data


Hint = Finding
