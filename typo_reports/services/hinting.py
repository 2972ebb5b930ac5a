"""Reading new cases for their error, so that the desk can point at it. In the worker only."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from typo_reports.settings import Settings
from typo_reports.spelling.engine import hint
from typo_reports.spelling.findings import CORRECTED
from typo_reports.spelling.installing import make_english
from typo_reports.spelling.languagetool import LanguageTool
from typo_reports.spelling.page_words import PageWords
from typo_reports.spelling.shelf import FOLDER, Shelf
from typo_reports.spelling.words import words_of
from typo_reports.storage import cases, hints, house_style
from typo_reports.storage.engine import Database
from typo_reports.storage.hints import Waiting

log = logging.getLogger(__name__)

BATCH = 20
# Other tasks of the worker want their turn, too.
_MOST_AT_ONCE = 200
# A correction that comes later than the hint is looked for so far back.
_LATER_CORRECTIONS = timedelta(hours=1)


def shelf(settings: Settings) -> Shelf:
    """The dictionaries of the installation; nothing is loaded before a page needs it."""
    return Shelf(settings.data_dir / FOLDER, make_english)


def second_checker(settings: Settings) -> LanguageTool | None:
    """The LanguageTool server of the installation, if it has one."""
    return LanguageTool(settings.languagetool_url) if settings.languagetool_url else None


def hint_waiting(
    database: Database,
    shelf: Shelf,
    *,
    now: Callable[[], datetime],
    second: LanguageTool | None = None,
) -> int:
    """Read the cases that wait; returns how many. No transaction is open while reading.

    `second` is asked, too, about cases without a reader's correction.
    """
    done = 0
    while done < _MOST_AT_ONCE:
        at = now()
        with database.reading() as session:
            some = hints.waiting(session, limit=BATCH, suggested_since=at - _LATER_CORRECTIONS)
            suggestions = cases.suggestions(session, [one.case_id for one in some])
            judged = hints.judged_right(session, {one.site_id for one in some})
            pages = hints.page_words(session, {one.page_id for one in some})
            held_right = {
                (site_id, lang): _words_in(house_style.known_words(session, site_id, lang))
                for site_id, lang in {(one.site_id, one.lang) for one in some}
            }
        house = _house_lists(judged)
        found = [
            (
                one.case_id,
                _read(
                    one,
                    shelf,
                    suggestions[one.case_id][0].text if suggestions.get(one.case_id) else None,
                    house.get(one.site_id, frozenset()) | held_right[one.site_id, one.lang],
                    PageWords(pages.get(one.page_id, {})),
                    second,
                ),
            )
            for one in some
        ]
        if found:
            with database.writing() as session:
                for case_id, data in found:
                    hints.keep(session, case_id, data, at=at)
        done += len(some)
        if len(some) < BATCH:
            break
    return done


def _read(
    case: Waiting,
    shelf: Shelf,
    suggestion: str | None,
    known: frozenset[str],
    page: PageWords,
    second: LanguageTool | None,
) -> dict[str, Any] | None:
    try:
        found = hint(
            case.selector,
            lang=case.lang,
            suggestion=suggestion,
            shelf=shelf,
            known=known,
            page=page,
            others=(
                second.findings(case.selector.window, case.lang)
                if second is not None and suggestion is None
                else ()
            ),
        )
    except Exception:
        # One odd passage must not keep all others waiting; it is not read again.
        log.exception("the passage of case %s could not be read", case.case_id)
        return None
    return found.to_json() if found else None


def _words_in(entries: Iterable[str]) -> frozenset[str]:
    """The words of the entries in lower case; a phrase makes each of its words known."""
    return frozenset(word.plain.lower() for entry in entries for word in words_of(entry))


def _house_lists(
    judged: Sequence[tuple[int, str, dict[str, Any] | None]],
) -> Mapping[int, frozenset[str]]:
    """For each site the words that its editors have called no error, in lower case."""
    lists: dict[int, set[str]] = defaultdict(set)
    for site_id, exact, found in judged:
        words = words_of(exact)
        if len(words) == 1:
            lists[site_id].add(words[0].plain.lower())
        elif found and found.get("kind") != CORRECTED:
            lists[site_id].update(word.plain.lower() for word in words_of(found["word"]))
    return {site_id: frozenset(words) for site_id, words in lists.items()}
