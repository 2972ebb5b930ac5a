"""The API for programs of the desk: cases of one site, by Bearer token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from flask import Blueprint, Response, g, request
from sqlalchemy.orm import Session

from typo_reports.domain.errors import InvalidFieldsError, NotFoundError
from typo_reports.domain.queue import DEFAULT_LIMIT, MAX_LIMIT, READERS, Question
from typo_reports.services import accounts, review, splitting, thanks, tokens
from typo_reports.services.annotations import collection
from typo_reports.services.review import Actor
from typo_reports.web.json_body import decoded, json_body
from typo_reports.web.parts import parts
from typo_reports.web.token import site_of_request

blueprint = Blueprint("cases_api", __name__, url_prefix="/api/v1")

Body = TypeVar("Body", bound=msgspec.Struct)


class ResolveBody(msgspec.Struct):
    """How a case is closed; `duplicate` also names the case it repeats.

    `note` is for colleagues, `reply` for the readers who reported it.
    """

    resolution: str
    note: str | None = None
    reply: str | None = None
    duplicate_of: UUID | None = None
    version: int | None = None


class ReopenBody(msgspec.Struct):
    """Open a closed case again."""

    note: str | None = None


class AssignBody(msgspec.Struct):
    """Give the case to an editor by e-mail, or to nobody."""

    assignee: str | None = None


class MergeBody(msgspec.Struct):
    """Put the case's reports into another case."""

    into: UUID


class SplitBody(msgspec.Struct):
    """Which reports belong to another error: by their ids, or all with one of these corrections."""

    reports: list[UUID] = []
    suggestions: list[str] = []
    version: int | None = None


@blueprint.get("/cases")
def get_cases() -> Response:
    """One page of cases: `{"cases": […], "next": cursor or null}`."""
    with parts().database.reading() as session:
        actor = _actor(session)
        page = review.queue(
            session,
            actor,
            _question(),
            cursor=request.args.get("cursor") or None,
            limit=_limit(),
        )
        documents = [_document(view) for view in page.cases]
    return _json({"cases": documents, "next": page.next_cursor})


@blueprint.get("/cases/<uuid:case_id>")
def get_case(case_id: UUID) -> Response:
    """One case."""
    with parts().database.reading() as session:
        return _json(_document(review.case(session, _actor(session), str(case_id))))


@blueprint.post("/cases/<uuid:case_id>/resolve")
def resolve_case(case_id: UUID) -> Response:
    """Close the case with a resolution."""
    body = _body(ResolveBody)

    def deed(session: Session, actor: Actor) -> None:
        review.resolve(
            session,
            actor,
            str(case_id),
            resolution=body.resolution,
            note=body.note,
            reply=body.reply,
            duplicate_of=str(body.duplicate_of) if body.duplicate_of else None,
            expected_version=body.version,
            now=parts().now(),
        )

    return _done(case_id, deed)


@blueprint.post("/cases/<uuid:case_id>/reopen")
def reopen_case(case_id: UUID) -> Response:
    """Open the case again."""
    note = _body(ReopenBody).note
    return _done(
        case_id,
        lambda session, actor: review.reopen(
            session, actor, str(case_id), note=note, now=parts().now()
        ),
    )


@blueprint.post("/cases/<uuid:case_id>/assign")
def assign_case(case_id: UUID) -> Response:
    """Give the case to an editor of the site, or to nobody."""
    email = _body(AssignBody).assignee

    def deed(session: Session, actor: Actor) -> None:
        editor_id = accounts.editor_id_of(session, email) if email else None
        review.assign(session, actor, str(case_id), editor_id=editor_id, now=parts().now())

    return _done(case_id, deed)


@blueprint.post("/cases/<uuid:case_id>/merge")
def merge_case(case_id: UUID) -> Response:
    """Put the case into another one of the same site."""
    into = str(_body(MergeBody).into)
    return _done(
        case_id,
        lambda session, actor: review.merge(
            session, actor, str(case_id), into=into, now=parts().now()
        ),
    )


@blueprint.post("/cases/<uuid:case_id>/split")
def split_case(case_id: UUID) -> Response:
    """Make a new case of some of the reports; the answer is the new case."""
    body = _body(SplitBody)
    with parts().database.writing() as session:
        actor = _actor(session)
        done = splitting.split(
            session,
            actor,
            str(case_id),
            report_ids=[str(one) for one in body.reports],
            suggestions=body.suggestions,
            expected_version=body.version,
            now=parts().now(),
        )
        tokens.note_use(session, g.token, now=parts().now())
        document = _document(review.case(session, actor, done.new_case.id))
    return _json(document)


@blueprint.get("/annotations")
def get_annotations() -> Response:
    """Open cases as a W3C Web Annotation page."""
    here = parts()
    with here.database.reading() as session:
        document = collection(
            session,
            _actor(session),
            site=request.args.get("site") or None,
            cursor=request.args.get("cursor") or None,
            base_url=here.settings.base_url,
        )
    return _json(document, mimetype="application/ld+json")


def _done(case_id: UUID, deed: Callable[[Session, Actor], object]) -> Response:
    with parts().database.writing() as session:
        actor = _actor(session)
        deed(session, actor)
        tokens.note_use(session, g.token, now=parts().now())
        thanks.keep_promise(
            session,
            case_id=str(case_id),
            now=parts().now(),
            base_url=parts().settings.base_url,
        )
        document = _document(review.case(session, actor, str(case_id)))
    return _json(document)


def _document(view: Any) -> dict[str, Any]:
    return review.case_document(view, base_url=parts().settings.base_url)


def _actor(session: Session) -> Actor:
    site, row = site_of_request(session)
    g.token = row
    wanted = request.args.get("site")
    if wanted and wanted != site.key:
        raise NotFoundError("There is no such site for this token.")
    return Actor(editor_id=None, name=f"api:{row.name}", site_ids=frozenset({site.id}))


def _body(kind: type[Body]) -> Body:
    body = json_body() if request.content_length else b"{}"
    return decoded(body, kind)


def _question() -> Question:
    given = request.args.get
    status = given("status") or "all"
    is_withheld, is_folded = status == "withheld", status == "house-style"
    views = {"all": None, "withheld": "open", "house-style": "resolved"}
    return Question(
        site=given("site") or None,
        status=views.get(status, status),
        is_withheld=is_withheld,
        is_folded=is_folded,
        q=given("q") or None,
        sort=given("sort") or READERS,
    )


def _limit() -> int:
    text = request.args.get("limit") or str(DEFAULT_LIMIT)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= MAX_LIMIT:
        raise InvalidFieldsError.of(
            "limit", "invalid", f"limit must be a whole number from 1 to {MAX_LIMIT}."
        )
    return int(text)


def _json(document: object, mimetype: str = "application/json") -> Response:
    response = Response(msgspec.json.encode(document), mimetype=mimetype)
    response.headers["Cache-Control"] = "no-store"
    return response
