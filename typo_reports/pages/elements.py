"""Which elements are open, and whether text inside them shows, as far as HTML itself says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from typo_reports.pages.marks import Mark, mark_of
from typo_reports.pages.markup import Tag

_BLOCKS_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
    "listing main menu nav ol optgroup option p pre search section summary table tbody td tfoot th "
    "thead tr ul xmp"
)
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
# Boxes within a line, apart from the words around them; they close no paragraph.
_BOXES = frozenset({"button", "marquee", "foreignobject"})
_VOID_NAMES = (
    "area base br col embed hr img input link meta param source track wbr basefont bgsound frame "
    "keygen"
)
_VOID = frozenset(_VOID_NAMES.split())
_NEVER_SHOWN_NAMES = (
    "head script style template noscript textarea title iframe noembed noframes select datalist "
    "object audio video canvas rp annotation annotation-xml desc metadata defs symbol "
    "meter progress"
)
_NEVER_SHOWN = frozenset(_NEVER_SHOWN_NAMES.split())
_PREFORMATTED_NAMES = "pre listing xmp plaintext"
_PREFORMATTED = frozenset(_PREFORMATTED_NAMES.split())
# An open element of the left is closed by a tag of the right that opens within the same parent.
_CLOSED_BY = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr", "tbody", "tfoot", "thead"},
    "td": {"td", "th", "tr", "tbody", "tfoot", "thead"},
    "th": {"td", "th", "tr", "tbody", "tfoot", "thead"},
    "head": {"body"},
    "p": _BLOCKS
    - {"body", "html", "td", "th", "tr", "tbody", "thead", "tfoot", "caption", "option"},
}
_SCOPES_NAMES = "ul ol menu dl table template body html"
_SCOPES = frozenset(_SCOPES_NAMES.split())
# How far up implied end tags are looked for; deeper nesting is not written by people.
_LOOK_UP = 24
_NOT_SHOWN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.I)


def breaks_line(name: str) -> bool:
    """Whether a tag of this name, opening or closing, parts one line of text from the next."""
    return name in _BLOCKS or name in _BOXES or name == "br"


@dataclass(frozen=True, slots=True)
class _Element:
    name: str
    hidden: bool
    preformatted: bool
    mark: Mark | None


class OpenElements:
    """The path from the root to where the reading stands.

    `is_unfolded`: what the page's scripts may show, when readers click, counts as shown.
    """

    def __init__(self, *, is_unfolded: bool = False) -> None:
        self._is_unfolded = is_unfolded
        self._open: list[_Element] = []
        self._names: Counter[str] = Counter()

    @property
    def hidden(self) -> bool:
        """Whether text here is not shown."""
        return bool(self._open) and self._open[-1].hidden

    @property
    def preformatted(self) -> bool:
        """Whether white space here is kept as it is."""
        return bool(self._open) and self._open[-1].preformatted

    @property
    def mark(self) -> Mark | None:
        """What the text here is marked as: the outermost mark says it."""
        return self._open[-1].mark if self._open else None

    def meet(self, tag: Tag) -> None:
        """Follow one tag of the source."""
        if tag.is_end:
            self._close(tag.name)
            return
        self._close_implied(tag.name)
        if tag.name in _VOID:
            return
        self._names[tag.name] += 1
        self._open.append(
            _Element(
                tag.name,
                self.hidden or _is_never_shown(tag) or (not self._is_unfolded and _is_hidden(tag)),
                self.preformatted or tag.name in _PREFORMATTED,
                self.mark or mark_of(tag),
            )
        )

    def _close(self, name: str) -> None:
        if not self._names[name]:
            return
        while True:
            element = self._open.pop()
            self._names[element.name] -= 1
            if element.name == name:
                return

    def _close_implied(self, name: str) -> None:
        for up, element in enumerate(reversed(self._open)):
            if up >= _LOOK_UP or (element.name in _SCOPES and name not in _CLOSED_BY["td"]):
                return
            if name in _CLOSED_BY.get(element.name, ()):
                self._close(element.name)
                return
            if element.name == "table":
                return


def _is_never_shown(tag: Tag) -> bool:
    if tag.name == "template":
        # Declarative shadow roots are shown in place of their host's content.
        return "shadowrootmode" not in tag.attributes
    return tag.name in _NEVER_SHOWN


def _is_hidden(tag: Tag) -> bool:
    attributes = tag.attributes
    if tag.name == "dialog" and "open" not in attributes:
        return True
    if "hidden" in attributes and attributes["hidden"].strip().lower() != "until-found":
        return True
    return "style" in attributes and _NOT_SHOWN_STYLE.search(attributes["style"]) is not None
