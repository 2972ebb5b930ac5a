"""The desk's pages: the queue, and one case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from typo_reports.domain import direction, kept_words, urgency
from typo_reports.domain.case import FIXED, RESOLUTION_WORDS, RESOLVED
from typo_reports.domain.queue import COUNTED_MOST, DEFAULT_LIMIT, PLACES, Question
from typo_reports.domain.snooze import CHOICES as SNOOZE_WORDS
from typo_reports.domain.verification import Sightings
from typo_reports.domain.words import N_
from typo_reports.services import leases, review, saved_views
from typo_reports.services.case_document import edit_address, page_address
from typo_reports.services.case_view import CaseView
from typo_reports.storage.models import Case
from typo_reports.web import (
    arranging,
    deeds,
    history_words,
    keys,
    many,
    passage,
    stats,
    taking_back,
    times,
    together,
)
from typo_reports.web import views as saved
from typo_reports.web.asked import case_address, query_of, question_of, queue_address
from typo_reports.web.desk_actor import actor
from typo_reports.web.language import gettext as _
from typo_reports.web.language import shown_number
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import signed_in

blueprint = Blueprint("desk", __name__)
blueprint.register_blueprint(arranging.blueprint)
blueprint.register_blueprint(deeds.blueprint)
blueprint.register_blueprint(many.blueprint)
blueprint.register_blueprint(taking_back.blueprint)
blueprint.register_blueprint(together.blueprint)
blueprint.register_blueprint(saved.blueprint)
blueprint.register_blueprint(stats.blueprint)

SORT_WORDS = {
    "urgent": N_("Most urgent"),
    "readers": N_("Most readers"),
    "newest": N_("Newest"),
    "oldest": N_("Oldest"),
    "changed": N_("Last changed"),
}
AGE_WORDS = {
    "day": N_("Came in within a day"),
    "3-days": N_("Within three days"),
    "over-week": N_("More than a week ago"),
    "over-month": N_("More than a month ago"),
    "over-quarter": N_("More than 90 days ago"),
}
POSITION_WORDS = {
    "headline": N_("Headline"),
    "lead": N_("Lead"),
    "caption": N_("Caption"),
    "body": N_("Body"),
}
PLACE_WORDS = {
    "present": N_("still on the page"),
    "changed": N_("changed on the page"),
    "gone": N_("gone from the page"),
    "page-gone": N_("page is gone"),
    "unreadable": N_("can’t be read by the server"),
    "unchecked": N_("not checked yet"),
}


def place_word_of(case: Case) -> str:
    """What the last look has shown of the case, in words."""
    is_fixed = case.status == RESOLVED and case.resolution == FIXED
    if is_fixed and Sightings.from_json(case.sightings).is_fixed:
        return _("corrected on the page")
    return _(PLACE_WORDS.get(case.place_state, case.place_state))


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The desk begins at the queue."""
    return redirect(url_for("desk.show_queue"))


@blueprint.get("/queue")
@signed_in
def show_queue() -> ResponseReturnValue:
    """One page of the queue."""
    question = question_of(request.args)
    cursor = request.args.get("cursor") or None
    with parts().database.reading() as session:
        page = review.queue(
            session, actor(), question, cursor=cursor, limit=DEFAULT_LIMIT, now=parts().now()
        )
        people = review.colleagues(session, page.sites)
        shown = [view.case.id for view in page.cases]
        views = saved_views.visible(session, actor())
        on_it = leases.on_cases(session, actor(), shown, now=parts().now())
    return render_template(
        "desk/queue.html",
        page=page,
        shown_cases=_by_page(page.cases) if question.is_grouped else page.cases,
        views=views,
        view_address=saved.address,
        asked=question,
        query=query_of(question),
        with_query=_addresses(question),
        is_filtered=_is_filtered(question),
        is_first=cursor is None,
        sort_words=SORT_WORDS,
        people=people,
        on_it=on_it,
        age_words=AGE_WORDS,
        places={place: PLACE_WORDS[place] for place in PLACES},
    )


@blueprint.get("/cases/<uuid:case_id>")
@signed_in
def show_case(case_id: UUID) -> ResponseReturnValue:
    """One case, with everything known about it."""
    question = question_of(request.args)
    with parts().database.reading() as session:
        view = review.case(session, actor(), str(case_id))
        people = review.people(session, view.case)
        on_it = leases.on_case(session, actor(), view.case, now=parts().now())
    return render_template(
        "desk/case.html",
        view=view,
        case=view.case,
        people=people,
        on_it=on_it,
        query=query_of(question),
        queue_address=queue_address(query_of(question)),
        page_address=page_address(view.case),
        edit_address=edit_address(view.case),
        undoable=next(filter(history_words.can_be_undone, view.events), None),
    )


def _direction_of(found: Any, lang: str | None) -> str:
    """`dir` for the passage of a case or a place, in the language of its page if that is known."""
    return direction.of_passage(lang, found.prefix, found.exact, found.suffix)


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    """What the desk's templates say things with."""
    now = parts().now()
    editor = g.get("editor")
    zone = times.zone_of(editor.time_zone if editor else None)
    return {
        "urlencoded": urlencode,
        "shown_keys": keys.shown,
        "now": now,
        "time_at": lambda moment: times.at(moment, zone),
        "ago": lambda moment: times.ago(moment, now=now, zone=zone),
        "exactly": lambda moment: times.exact(moment, zone),
        "ahead": lambda moment: times.ahead(moment, now=now, zone=zone),
        "passage": passage,
        "direction_of": _direction_of,
        "history": history_words,
        "resolution_words": RESOLUTION_WORDS,
        "place_word_of": place_word_of,
        "sentences_of": kept_words.sentences_of,
        "position_words": POSITION_WORDS,
        "position_in_sentence": urgency.POSITION_WORDS,
        "snooze_words": SNOOZE_WORDS,
        "reasons_of": lambda view: urgency.reasons(
            created_at=view.case.created_at,
            readers=view.case.readers,
            regressions=view.case.regressions,
            position=view.case.position,
            is_fresh=view.case.is_fresh,
            now=now,
        ),
        "is_asleep": lambda case: case.snoozed_until is not None and case.snoozed_until > now,
        "counted": counted,
        "page_address_of": page_address,
        "edit_address_of": edit_address,
        "case_address": case_address,
    }


def _by_page(views: list[CaseView]) -> list[CaseView]:
    """The same cases, those of one page together, pages in the order of their first case."""
    places: dict[int, int] = {}
    for view in views:
        places.setdefault(view.case.page_id, len(places))
    return sorted(views, key=lambda view: places[view.case.page_id])


def counted(number: int) -> str:
    """A count for people: counting stops at a thousand, and says so."""
    return f"{shown_number(COUNTED_MOST)}+" if number > COUNTED_MOST else shown_number(number)


def _addresses(question: Question) -> Callable[..., str]:
    """A function that gives the queue's address with some parts of the question changed."""

    def address(**changes: str | None) -> str:
        query: dict[str, str | None] = {**query_of(question), **changes}
        return queue_address({name: value for name, value in query.items() if value})

    return address


def _is_filtered(question: Question) -> bool:
    return bool(set(query_of(question)) - {"sort", "status", "site"})
