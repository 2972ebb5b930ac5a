"""What parts of the engine ask of a language."""

from __future__ import annotations

from typing import Protocol

from typo_reports.spelling.vocabulary import Vocabulary


class Asked(Protocol):
    """A language as far as it is asked whether a word is known, and how frequent it is."""

    vocabulary: Vocabulary

    def knows(self, plain: str, /) -> bool:
        """Whether the word is spelled right, as it is written."""
