"""Deeds done to many cases at once, and the page of one's own deeds."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from typo_reports.domain.case import RESOLUTION_WORDS
from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.queue import OLDEST, Position
from typo_reports.domain.snooze import wake_time
from typo_reports.domain.words import N_
from typo_reports.services import bulk, own_deeds
from typo_reports.services.actors import canonical_id
from typo_reports.services.bulk import Chunk, OnCase
from typo_reports.web.asked import query_of, question_of, question_of_query, queue_address
from typo_reports.web.desk_actor import actor
from typo_reports.web.language import gettext as _
from typo_reports.web.language import ngettext, said, shown_number
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import editor, signed_in
from typo_reports.web.times import zone_of

blueprint = Blueprint("many", __name__)

# Without a script nobody sees how far it is: after this the answer says so.
PATIENCE_SECONDS = 25.0


@blueprint.get("/queue/many/count")
@signed_in
def count() -> ResponseReturnValue:
    """How many cases a question means, for the words beside "all that match"."""
    question = question_of(request.args)
    with parts().database.reading() as session:
        found = bulk.count(session, actor(), question, now=parts().now())
    is_more = found > bulk.COUNTED_MOST
    words = f"{shown_number(bulk.COUNTED_MOST)}+" if is_more else shown_number(found)
    return jsonify(count=found, words=words)


@blueprint.post("/queue/many")
@signed_in
def do() -> ResponseReturnValue:
    """Do one thing to the selected cases, or to all that answer the question.

    A script asks for JSON and is given one step of "all" at a time, to show how far it is.
    """
    if request.accept_mimetypes.best == "application/json":
        return jsonify(_one_step())
    address = queue_address(query_of(question_of_query(request.form.get("queue", ""))))
    try:
        work = _Work.of_form()
        end = time.monotonic() + PATIENCE_SECONDS
        while work.step() and time.monotonic() < end:
            pass
    except InvalidFieldsError as error:
        flash(said(error.message), "danger")
        return redirect(address, 303)
    text = work.words()
    if work.following is not None:
        text += " " + _("That is as far as it went at once: do it again for the rest.")
    undo = url_for("desk.taking_back.undo", batch_id=work.batch_id) if work.done else None
    flash({"text": text, "undo": undo}, "deed")  # type: ignore[arg-type]
    return redirect(address, 303)


def _one_step() -> dict[str, object]:
    work = _Work.of_form()
    work.step()
    cursor = work.following.to_cursor() if work.following else None
    return {
        "batch": work.batch_id,
        "cursor": cursor,
        "done": work.done,
        "refused": work.refused,
        "undo": url_for("desk.taking_back.undo", batch_id=work.batch_id),
    }


@dataclass(slots=True)
class _Work:
    """A batch under way: what is done to each case, to which ones, and how far it is."""

    on_case: OnCase
    # What was done, said of so many cases.
    words_of: Callable[[int], str]
    batch_id: str
    # The cases that were selected; None for all that answer the question.
    selected: list[str] | None
    following: Position | None
    done: int = 0
    refused: int = 0

    @classmethod
    def of_form(cls) -> _Work:
        form, here = request.form, parts()
        is_all = form.get("all") == "yes"
        selected = None if is_all else form.getlist("case")[: bulk.MOST_AT_ONCE]
        if selected is not None and not selected:
            raise InvalidFieldsError.of("case", "required", N_("Select at least one case first."))
        if form.get("deed") == "merge":
            with here.database.reading() as session:
                on_case, selected = bulk.merging(session, actor(), selected or [], now=here.now())
            words_of: Callable[[int], str] = _merged
        else:
            on_case, words_of = _chosen_deed()
        after = form.get("cursor")
        return cls(
            on_case=on_case,
            words_of=words_of,
            batch_id=canonical_id(form.get("batch") or bulk.new_batch_id(here.now())),
            selected=selected,
            following=Position.from_cursor(after, sort=OLDEST) if after else None,
        )

    def step(self) -> bool:
        """Do the next cases; whether there are more."""
        case_ids = self._next()
        chunk = _do_chunk(case_ids, self.on_case, self.batch_id)
        self.done, self.refused = self.done + chunk.done, self.refused + chunk.refused
        return bool(self.selected) or self.following is not None

    def words(self) -> str:
        text = self.words_of(self.done)
        if self.refused:
            text += " " + ngettext(
                "%(num)s case was left: it had been changed meanwhile.",
                "%(num)s cases were left: they had been changed meanwhile.",
                self.refused,
            )
        return text

    def _next(self) -> list[str]:
        if self.selected is not None:
            case_ids, self.selected = self.selected[: bulk.CHUNK], self.selected[bulk.CHUNK :]
            return case_ids
        question = question_of_query(request.form.get("queue", ""))
        with parts().database.reading() as session:
            found = bulk.stretch(
                session,
                actor(),
                question,
                after=self.following,
                batch_id=self.batch_id,
                now=parts().now(),
            )
        self.following = found.following
        return found.case_ids


@blueprint.get("/history")
@signed_in
def show_history() -> ResponseReturnValue:
    """What the editor did lately, each with its undo."""
    with parts().database.reading() as session:
        found = own_deeds.lately(session, actor(), now=parts().now())
    return render_template("desk/history.html", deeds=found)


def _do_chunk(case_ids: list[str], on_case: OnCase, batch_id: str) -> Chunk:
    here = parts()
    with here.database.writing() as session:
        return bulk.do_chunk(
            session,
            actor(),
            case_ids,
            on_case,
            batch_id=batch_id,
            now=here.now(),
            base_url=here.settings.base_url,
        )


def _chosen_deed() -> tuple[OnCase, Callable[[int], str]]:
    """What to do, and how to say that it was done."""
    now, who, deed = parts().now(), actor(), request.form.get("deed", "")
    if not deed:
        raise InvalidFieldsError.of("deed", "required", N_("Choose what to do with these cases."))
    if deed == "assign":
        text = request.form.get("editor", "")
        if text and not (text.isascii() and text.isdigit() and len(text) <= 9):
            raise InvalidFieldsError.of("editor", "malformed", N_("Choose an editor of the list."))
        return bulk.assigning(who, int(text) if text else None, now=now), _given
    if deed == "snooze":
        zone = zone_of(editor().time_zone)
        until = wake_time(request.form.get("until", ""), now=now, zone=zone)
        return bulk.snoozing(who, until, now=now), _asleep
    on_case = bulk.resolving(who, deed, note=request.form.get("note"), now=now)
    return on_case, partial(_resolved, said(RESOLUTION_WORDS[deed]))


def _merged(number: int) -> str:
    return ngettext(
        "%(num)s case merged into the one with most readers.",
        "%(num)s cases merged into the one with most readers.",
        number,
    )


def _given(number: int) -> str:
    return ngettext("%(num)s case got a new owner.", "%(num)s cases got a new owner.", number)


def _asleep(number: int) -> str:
    return ngettext("%(num)s case sleeps now.", "%(num)s cases sleep now.", number)


def _resolved(words: str, number: int) -> str:
    return ngettext(
        "%(num)s case resolved as %(words)s.",
        "%(num)s cases resolved as %(words)s.",
        number,
        words=words,
    )
