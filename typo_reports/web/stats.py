"""The page of numbers, with charts drawn here as SVG and a table beside each; also as CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from typo_reports.domain.csv_cells import cell
from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.numbers import RANGES_DAYS, Day, Numbers, Share, duration_words
from typo_reports.domain.words import N_
from typo_reports.services import desk_numbers
from typo_reports.services.desk_numbers import DeskNumbers
from typo_reports.web.desk_actor import actor
from typo_reports.web.language import gettext as _
from typo_reports.web.language import said, shown_date, shown_share, weekday_names
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import editor, signed_in
from typo_reports.web.times import zone_of

blueprint = Blueprint("stats", __name__)

CHART_WIDTH, CHART_HEIGHT = 720, 180
_MOST_BARS = 60
TABLES = ("days", "sites", "sections", "authors", "words", "pages", "weekdays", "hours")
# The English names, as the CSV has them.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TABLE_WORDS = {
    "days": N_("Days"),
    "sites": N_("Sites"),
    "sections": N_("Sections"),
    "authors": N_("Authors"),
    "words": N_("Words"),
    "pages": N_("Pages"),
    "weekdays": N_("Weekdays"),
    "hours": N_("Hours"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One pair of bars of the chart: a day or a run of days, in pixels of the drawing."""

    label: str
    x: float
    width: float
    opened: int
    opened_height: float
    closed: int
    closed_height: float


@blueprint.get("/stats")
@signed_in
def show() -> ResponseReturnValue:
    """The numbers of the editor's sites."""
    found, range_days, site = _asked()
    return render_template(
        "desk/stats.html",
        found=found,
        numbers=found.numbers,
        range_days=range_days,
        ranges=RANGES_DAYS,
        tables=[table for table in TABLES if table != "authors" or found.sees_authors],
        site=site,
        bars=bars(found.numbers.days),
        top=_top(found.numbers.days),
        chart=(CHART_WIDTH, CHART_HEIGHT),
        duration_words=lambda duration: said(duration_words(duration)),
        table_words=TABLE_WORDS,
        shown_share=shown_share,
        shown_date=shown_date,
        given=(request.args.get("from", ""), request.args.get("to", "")),
        weekdays=list(zip(weekday_names(), found.numbers.weekdays, strict=True)),
        hours=[(f"{hour:02d}:00", count) for hour, count in enumerate(found.numbers.hours)],
        sees_authors=found.sees_authors,
    )


@blueprint.get("/stats.csv")
@signed_in
def download() -> ResponseReturnValue:
    """One table of the page as CSV: `table` is one of TABLES."""
    table = request.args.get("table") or "days"
    if table not in TABLES:
        message = N_("The table must be one of: %(tables)s.", tables=", ".join(TABLES))
        raise InvalidFieldsError.of("table", "unknown", message)
    found, _, _ = _asked()
    text = io.StringIO()
    csv.writer(text).writerows(_rows(table, found.numbers))
    headers = {"Content-Disposition": f'attachment; filename="typo-reports-{table}.csv"'}
    return Response(text.getvalue(), mimetype="text/csv", headers=headers)


def _rows(table: str, numbers: Numbers) -> list[list[str | int]]:
    """The table with its head; names come from pages and readers, so they are made harmless."""
    rows: list[list[str | int]]
    if table == "days":
        rows = [["date", "opened", "closed"]]
        rows += [[day.on.isoformat(), day.opened, day.closed] for day in numbers.days]
    elif table == "hours":
        rows = [["hour", "cases"]]
        rows += [[f"{hour:02d}:00", count] for hour, count in enumerate(numbers.hours)]
    elif table == "weekdays":
        rows = [["weekday", "cases"]]
        rows += [[name, n] for name, n in zip(WEEKDAYS, numbers.weekdays, strict=True)]
    else:
        shares: list[Share] = getattr(numbers, table)
        rows = [[table.removesuffix("s"), "cases", "fixed", "declined"]]
        rows += [[cell(one.name), one.cases, one.fixed, one.declined] for one in shares]
    return rows


def bars(days: Sequence[Day]) -> list[Bar]:
    """The bars of the chart; more days than fit are put together."""
    together = max(1, math.ceil(len(days) / _MOST_BARS))
    groups = [days[first : first + together] for first in range(0, len(days), together)]
    sums = [(sum(day.opened for day in g), sum(day.closed for day in g)) for g in groups]
    top = max((max(pair) for pair in sums), default=0) or 1
    step = CHART_WIDTH / max(1, len(groups))
    height = CHART_HEIGHT - 10
    return [
        Bar(
            label=_label(group),
            x=round(number * step, 2),
            width=round(step * 0.4, 2),
            opened=opened,
            opened_height=round(height * opened / top, 2),
            closed=closed,
            closed_height=round(height * closed / top, 2),
        )
        for number, (group, (opened, closed)) in enumerate(zip(groups, sums, strict=True))
    ]


def _top(days: Sequence[Day]) -> int:
    return max((max(bar.opened, bar.closed) for bar in bars(days)), default=0)


def _label(group: Sequence[Day]) -> str:
    first, last = group[0].on, group[-1].on
    if first == last:
        return shown_date(first)
    return _("%(first)s to %(last)s", first=shown_date(first, year=False), last=shown_date(last))


def _dates() -> tuple[date, date] | None:
    """The first and the last day that were asked for; None where both are left empty."""
    texts = request.args.get("from", ""), request.args.get("to", "")
    if not any(texts):
        return None
    try:
        first, last = (date.fromisoformat(text) for text in texts)
    except ValueError as error:
        raise InvalidFieldsError.of(
            "from", "malformed", N_("Give both days, as 2026-11-23.")
        ) from error
    if first.year < 2000 or last.year > 9000:
        raise InvalidFieldsError.of("from", "out-of-range", N_("These days are too far away."))
    return first, last


def _asked() -> tuple[DeskNumbers, int, str | None]:
    text = request.args.get("days", "30")
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise InvalidFieldsError.of("days", "malformed", N_("The days must be a number."))
    site = request.args.get("site") or None
    with parts().database.reading() as session:
        found = desk_numbers.of_desk(
            session,
            actor(),
            site=site,
            range_days=int(text),
            manages=editor().may_manage,
            dates=_dates(),
            zone=zone_of(editor().time_zone),
            now=parts().now(),
        )
    return found, int(text), site
