"""The record of deeds on accounts, sites and tokens, for admins."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from typo_reports.services import audit
from typo_reports.web import times
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import admin_only, editor

blueprint = Blueprint("audit", __name__, url_prefix="/audit")


@blueprint.get("")
@admin_only
def show() -> ResponseReturnValue:
    """The newest lines, or those before `?before=<id>`."""
    given = request.args.get("before", "")
    before = int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None
    with parts().database.reading() as session:
        lines, older = audit.lines(session, before=before)
    zone = times.zone_of(editor().time_zone)
    return render_template(
        "settings/audit.html",
        lines=lines,
        older=older,
        words=audit.DEEDS,
        local_time=lambda moment: times.exact(moment, zone),
    )
