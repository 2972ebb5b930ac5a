"""The house style of a site: taught from a case or by hand, and what it answers as it comes in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain import house_style as rules
from typo_reports.domain.case import NOT_AN_ERROR, OPEN, RESOLVED
from typo_reports.domain.csv_cells import cell, text_of
from typo_reports.domain.errors import InvalidFieldsError, NotFoundError
from typo_reports.domain.house_style import Entry
from typo_reports.domain.report import Submission
from typo_reports.domain.words import N_, NN_
from typo_reports.services.actors import Actor
from typo_reports.services.changes import write
from typo_reports.storage import events, house_style
from typo_reports.storage.models import Case, HouseStyle

SHOWN_MOST = 200
_COLUMNS = ["text", "kind", "lang", "note"]
_OPENED = {
    "status": OPEN,
    "resolution": None,
    "resolved_at": None,
    "reply": None,
    "house_style_id": None,
}


def answering(session: Session, site_id: int, submission: Submission) -> HouseStyle | None:
    """The entry that answers this report, if any: one indexed look-up."""
    keys = rules.keys_of_report(submission.selector, submission.suggestion, submission.page.lang)
    return house_style.answering(session, site_id=site_id, keys=keys)


def fold(session: Session, case: Case, entry: HouseStyle, *, now: datetime) -> None:
    """Close a case that has just come in, before it stands in any queue."""
    case.status, case.resolution, case.resolved_at = RESOLVED, NOT_AN_ERROR, now
    case.reply, case.house_style_id = entry.note, entry.id
    after = {
        "status": RESOLVED,
        "resolution": NOT_AN_ERROR,
        "resolved_at": now.isoformat(),
        "reply": entry.note,
        "house_style_id": entry.id,
    }
    data = {"before": _OPENED, "after": after, "version": case.version}
    events.add(session, case, kind="house-style", actor="house-style", now=now, data=data)


def teach(
    session: Session, actor: Actor, case: Case, entry: Entry, *, note: str | None, now: datetime
) -> None:
    """Remember from a case what is right; the reply to its readers is the note."""
    if note is not None and len(note) <= rules.NOTE_MOST:
        entry = replace(entry, note=note)
    add(session, actor, case.site_id, entry, now=now)


def add(session: Session, actor: Actor, site_id: int, entry: Entry, *, now: datetime) -> None:
    """Add an entry, or give the one that is there this note; raises InvalidFieldsError."""
    entry = rules.checked_entry(entry)
    key = rules.key_of(entry.text, entry.kind, entry.lang)
    present = house_style.under(session, site_id, key)
    if present is not None:
        present.note = entry.note or present.note
        return
    if house_style.count_of(session, site_id) >= house_style.ENTRIES_MOST:
        raise InvalidFieldsError.of(
            "text",
            "too-many",
            NN_(
                "A house style holds %(num)s entry.",
                "A house style holds %(num)s entries.",
                house_style.ENTRIES_MOST,
            ),
        )
    session.add(
        HouseStyle(
            site_id=site_id,
            lang=entry.lang,
            kind=entry.kind,
            text=entry.text,
            key=key,
            note=entry.note,
            editor_id=actor.editor_id,
            created_at=now,
        )
    )
    session.flush()


def entries(session: Session, site_id: int) -> Sequence[tuple[HouseStyle, int]]:
    """The site's entries, each with how many cases it has answered."""
    return house_style.all_of(session, site_id)


def entry(session: Session, site_id: int, entry_id: int) -> HouseStyle:
    """One entry; raises NotFoundError."""
    found = house_style.one_of(session, site_id, entry_id) if entry_id < 2**31 else None
    if found is None:
        raise NotFoundError(N_("There is no such entry."))
    return found


def folded(session: Session, of: HouseStyle) -> Sequence[Case]:
    """The newest cases that the entry has answered."""
    return house_style.cases_of(session, of.id, limit=SHOWN_MOST)


def change_note(session: Session, site_id: int, entry_id: int, note: str) -> None:
    """Tell later readers something else; what was told stays."""
    found = entry(session, site_id, entry_id)
    given = Entry(found.text, found.kind, found.lang, note)
    found.note = rules.checked_entry(given).note
    session.flush()


def remove(
    session: Session,
    actor: Actor,
    site_id: int,
    entry_id: int,
    *,
    and_open_cases: bool,
    now: datetime,
) -> int:
    """Forget the entry; the cases that it answered stay closed, or are opened. How many were."""
    found = entry(session, site_id, entry_id)
    opened = 0
    if and_open_cases:
        for case in house_style.cases_of(session, found.id, limit=house_style.ENTRIES_MOST):
            if (case.status, case.resolution) == (RESOLVED, NOT_AN_ERROR):
                write(session, case, actor, "reopened", dict(_OPENED), now=now)
                opened += 1
    session.flush()
    house_style.let_go(session, found)
    return opened


def to_csv(session: Session, site_id: int) -> str:
    """The entries as CSV with a heading; no cell begins a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for one, _ in house_style.all_of(session, site_id):
        writer.writerow(map(cell, (one.text, one.kind, one.lang, one.note)))
    return text.getvalue()


def from_csv(session: Session, actor: Actor, site_id: int, text: str, *, now: datetime) -> int:
    """Add the entries of such a file, all or none; how many lines there were.

    Only the column `text` is needed. Raises InvalidFieldsError (`file`) that names the line.
    """
    lines = 0
    try:
        reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        if "text" not in (reader.fieldnames or ()):
            raise InvalidFieldsError.of(
                "file",
                "malformed",
                N_("The first line must name the columns: text,kind,lang,note."),
            )
        for row in reader:
            lines += 1
            add(session, actor, site_id, _entry_of(row), now=now)
    except csv.Error as error:
        raise InvalidFieldsError.of(
            "file", "malformed", N_("This is no CSV: %(error)s.", error=error)
        ) from error
    except InvalidFieldsError as error:
        if lines == 0:
            raise
        message = N_("Line %(lines)s: %(message)s", lines=lines + 1, message=error.message)
        raise InvalidFieldsError.of("file", "malformed", message) from error
    return lines


def _entry_of(row: dict[str, str | None]) -> Entry:
    def given(name: str) -> str:
        return text_of(row.get(name) or "")

    return Entry(given("text"), given("kind") or rules.WORD, given("lang"), given("note") or None)
