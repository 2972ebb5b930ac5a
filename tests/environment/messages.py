"""The messages of the desk: read out of templates, scripts and Python, and put into catalogues.

`make messages` brings every catalogue up to date; see docs/translating.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from typo_reports.domain.languages import ENGLISH, LANGUAGES

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "translations"
COMPLETENESS = ROOT / "docs" / "translating.md"
TRANSLATED = [code for code in LANGUAGES if code != ENGLISH]
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "N_": None,
    "NN_": (1, 2),
}
# In English for everybody, or no words of ours: what the reasons are stands in docs/translating.md.
# The same messages give the same file.
_NO_DATE = datetime(2020, 1, 1, tzinfo=UTC)
LEFT_OUT = ("templates/demo/", "static/js/src/")
JINJA_OPTIONS = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}


def sources() -> Iterator[tuple[Path, str, dict[str, str]]]:
    """Every file that may hold messages, with the method that reads it."""
    for pattern, method, options in (
        ("typo_reports/**/*.py", "python", {}),
        ("templates/**/*.html", "jinja2.ext:babel_extract", JINJA_OPTIONS),
        ("templates/**/*.xml", "jinja2.ext:babel_extract", JINJA_OPTIONS),
        (
            "templates/mail/**/*.txt",
            "jinja2.ext:babel_extract",
            {**JINJA_OPTIONS, "trimmed": "false"},
        ),
        ("static/js/*.js", "javascript", {}),
        ("static/js/desk/*.js", "javascript", {}),
    ):
        for path in sorted(ROOT.glob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(LEFT_OUT) and not name.startswith("static/js/typo-reports"):
                yield path, method, options


def extracted() -> Catalog:
    """All messages as they stand in the code now."""
    catalog = Catalog(project="Typo Reports", charset="utf-8", creation_date=_NO_DATE)
    for path, method, options in sources():
        name = path.relative_to(ROOT).as_posix()
        found = extract_from_file(method, str(path), keywords=KEYWORDS, options=options)
        for _, message, comments, context in found:
            catalog.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def stored(language: str) -> Catalog:
    """The catalogue of a language as it stands in the repository."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=None if language == "desk" else language)


def path_of(language: str) -> Path:
    """Where the catalogue of a language stands; "desk" is the empty one that all begin with."""
    return CATALOGUES / ("desk.pot" if language == "desk" else f"{language}.po")


def write(language: str, catalog: Catalog) -> None:
    """Write the catalogue, so that the same messages give the same file."""
    with path_of(language).open("wb") as file:
        write_po(
            file, catalog, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False
        )


def update() -> None:
    """Bring every catalogue up to the messages of the code; say what waits for a translator.

    The table in docs/translating.md follows.
    """
    template = extracted()
    write("desk", template)
    for language in TRANSLATED:
        if path_of(language).exists():
            catalog = stored(language)
        else:
            catalog = Catalog(locale=language, project="Typo Reports", charset="utf-8")
        # What has changed is to be read again: a guess from something like it would pass unseen.
        catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalog.fuzzy = False
        for one in catalog:
            if one.id and one.fuzzy:
                # It got forms for numbers, or lost them.
                one.flags.discard("fuzzy")
                one.string = ("",) * catalog.num_plurals if one.pluralizable else ""
        write(language, catalog)
        print(f"{language}: {len(catalog)} messages, {missing(catalog)} without a translation")
    page = COMPLETENESS.read_text("utf-8")
    COMPLETENESS.write_text(with_completeness(page), "utf-8")


def missing(catalog: Catalog) -> int:
    """How many messages of the catalogue wait for a translation."""
    return sum(1 for one in catalog if one.id and not all(_texts(one.string)))


def with_completeness(page: str) -> str:
    """The docs page with the present figures in its table of languages."""
    for language in TRANSLATED:
        catalog = stored(language)
        figure = f"{len(catalog) - missing(catalog)} of {len(catalog)} messages"
        row = rf"(\| [^|]+ \(`{language}`\) \| )[^|]+( \|)"
        page, rows = re.subn(row, rf"\g<1>{figure}\g<2>", page)
        if rows != 1:
            raise ValueError(f"{COMPLETENESS.name} has no row for {language}")
    return page


def _texts(string: object) -> list[object]:
    return list(string) if isinstance(string, (tuple, list)) else [string]


if __name__ == "__main__":
    update()
