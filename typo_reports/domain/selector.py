"""Where on a page a reader pointed: W3C TextQuoteSelector and TextPositionSelector in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAX_EXACT = 1000
MAX_CONTEXT = 200
# What clients are asked to send each side: 32 finds a little less, 128 finds no more (measured).
USUAL_CONTEXT = 64


@dataclass(frozen=True, slots=True)
class Selector:
    """A passage and what stands around it, raw as the reader saw it.

    All lengths and offsets count Unicode code points. `start` and `end` are offsets in the page's
    visible text at the time of the report; they are a hint only, since pages change.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None

    @property
    def window(self) -> str:
        """The passage in its surroundings, as one run of text."""
        return self.prefix + self.exact + self.suffix

    @property
    def span(self) -> tuple[int, int]:
        """Where the passage stands in `window`."""
        return len(self.prefix), len(self.prefix) + len(self.exact)

    def to_json(self) -> dict[str, Any]:
        """The selector in the contract's names; absent offsets are left out."""
        data: dict[str, Any] = {
            "exact": self.exact,
            "prefix": self.prefix,
            "suffix": self.suffix,
        }
        if self.start is not None:
            data["start"] = self.start
        if self.end is not None:
            data["end"] = self.end
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Selector:
        """The selector of a stored or received object; unknown names are ignored."""
        return cls(
            exact=data["exact"],
            prefix=data.get("prefix") or "",
            suffix=data.get("suffix") or "",
            start=data.get("start"),
            end=data.get("end"),
        )

    @classmethod
    def from_text(
        cls, text: str, start: int, end: int, *, context: int = USUAL_CONTEXT
    ) -> Selector:
        """The selector of text[start:end] with up to `context` code points each side."""
        return cls(
            exact=text[start:end],
            prefix=text[max(0, start - context) : start],
            suffix=text[end : end + context],
            start=start,
            end=end,
        )
