"""Every word that a template shows is marked for the catalogues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

from tests.environment.messages import LEFT_OUT, ROOT

TEMPLATES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("templates/**/*.html", "templates/**/*.txt")
    for path in ROOT.glob(pattern)
    if not path.relative_to(ROOT).as_posix().startswith(LEFT_OUT)
)
OURS = "Typo Reports"
SHOWN = frozenset({"aria-label", "title", "placeholder", "alt"})
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"^[A-Z][^\W\d_]+…?$|[^\W\d_]{2,} [^\W\d_]{2,}")
# A value of Jinja, where only the text around it is of interest.
VALUE = "\N{WHITE SMALL SQUARE}"


def plain(source: str) -> str:
    """What stands in a template outside of Jinja's own parts; of what is marked nothing stays."""
    found, is_in_block, block, is_marked = [], False, "", False
    for _, kind, value in Environment().lex(source):
        if kind in {"block_begin", "variable_begin"}:
            is_in_block, block = kind == "block_begin", ""
            found.append(VALUE if kind == "variable_begin" and not is_marked else "")
        elif kind == "block_end":
            is_marked = (is_marked or block == "trans") and block != "endtrans"
            is_in_block = False
        elif kind == "name" and is_in_block and not block:
            block = value
        elif kind == "data" and not is_marked:
            found.append(value)
    return "".join(found)


class Shown(HTMLParser):
    """Texts, and attributes that people see or that a script shows them."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        for name, value in attrs:
            text = (value or "").replace(OURS, "")
            is_shown = name in SHOWN and WORD.search(text)
            if is_shown or (name.startswith("data-") and SENTENCE.search(text)):
                self.words.append(text)

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        text = data.replace(OURS, "")
        # Attributes that a macro writes are no text.
        text = re.sub(r'[a-z-]+="[^"]*"', "", text)
        if self._inside not in {"style", "script", "kbd", "code"} and WORD.search(text):
            self.words.append(" ".join(data.split()))


def unmarked(source: str, *, is_html: bool) -> Iterator[str]:
    """The words of the template that no catalogue will ever see."""
    if not is_html:
        yield from (line for line in plain(source).split("\n") if WORD.search(line))
        return
    parser = Shown()
    parser.feed(plain(source))
    parser.close()
    yield from parser.words


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_word_of_a_template_is_plain_english(name: str) -> None:
    source = Path(ROOT / name).read_text("utf-8")
    assert list(unmarked(source, is_html=name.endswith(".html"))) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Plain {{ number }}</p>", [f"Plain {VALUE}"]),
        ("<p>{% trans n=1 %}Marked{% endtrans %} yet plain</p>", ["yet plain"]),
        ('<i title="Plain">{{ _("Marked") }}</i>', ["Plain"]),
        ('<i data-words="Not marked">5</i>', ["Not marked"]),
        ('<i data-deed="take" class="plain word">{{ _("Marked") }}</i>', []),
        ("<style>p { color: red }</style><kbd>Ctrl</kbd>", []),
        ("{# a comment #}{% if is_open %}<b>·</b>{% endif %}", []),
    ],
)
def test_a_word_without_a_mark_is_noticed(source: str, words: list[str]) -> None:
    assert list(unmarked(source, is_html=True)) == words


def test_a_line_without_a_mark_is_noticed_in_a_plain_letter() -> None:
    assert list(unmarked('{{ _("Marked") }}\nplain\n', is_html=False)) == ["plain"]
