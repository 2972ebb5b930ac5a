"""Cases from places that the desk has found by itself: reported by nobody, undone together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain import grouping as rules
from typo_reports.domain.case import OPEN, WITHDRAWN
from typo_reports.domain.errors import ConflictError
from typo_reports.domain.grouping import Member
from typo_reports.domain.page_views import are_views
from typo_reports.domain.regrouping import Core
from typo_reports.domain.report import PageFacts
from typo_reports.domain.selector import Selector
from typo_reports.domain.verification import PRESENT
from typo_reports.domain.words import N_
from typo_reports.pages.address import named_address
from typo_reports.services import elsewhere as searches
from typo_reports.services import grouping
from typo_reports.services.actors import Actor
from typo_reports.services.page_reading import Reading
from typo_reports.storage import elsewhere, events, grouped, pages
from typo_reports.storage.models import Case, CaseEvent, ElsewherePlace, ElsewhereSearch, Page

FOUND = "found-elsewhere"
# What one transaction makes; the caller goes on with the rest.
CHUNK = 100


@dataclass(frozen=True, slots=True)
class Made:
    """How many cases were made, and how many of the places had one already."""

    made: int
    there: int


def make(
    session: Session,
    actor: Actor,
    search_id: str,
    place_ids: Collection[str] | None,
    *,
    batch_id: str,
    now: datetime,
) -> Made:
    """Make open cases of these places of the search, or of all that have none, up to CHUNK.

    A place where a case stands, be it decided, gets no second one. Raises NotFoundError.
    """
    search = searches.visible(session, actor, search_id, for_change=True)
    made = there = 0
    for place in elsewhere.places_for_change(session, search.id, place_ids):
        if made >= CHUNK:
            break
        if _stands(session, place.case_id):
            there += place_ids is not None
            continue
        facts = PageFacts(title=place.title, lang=place.lang)
        page = _page(session, search.site_id, place, facts, now)
        place.case_id = standing_at(session, page, place)
        if place.case_id is not None:
            there += 1
            continue
        case = _case(session, page, place, now)
        event = events.add(
            session,
            case,
            kind=FOUND,
            now=now,
            editor_id=actor.editor_id,
            actor=actor.said_name,
            data={
                "before": {"status": WITHDRAWN, "readers": 0},
                "after": {"status": OPEN, "readers": 0},
                "version": case.version,
                "like": search.case_id,
            },
        )
        event.batch_id = batch_id
        place.case_id = case.id
        made += 1
    session.flush()
    return Made(made, there)


def standing_at(session: Session, page: Page, place: ElsewherePlace) -> str | None:
    """The case of the page to which a report of the place would go, if there is one."""
    page_id = page.joined_to_id or page.id
    decision = rules.decide(_member(place), grouping.loader(session, page_id))
    if decision.join is not None:
        return decision.join
    return decision.takes[0][0] if decision.takes else None


def check_undo(case: Case, event: CaseEvent) -> None:
    """ConflictError if readers have reported meanwhile what the desk had found first."""
    if event.kind == FOUND and case.readers:
        raise ConflictError(N_("This can't be undone: a reader has reported it meanwhile."))


def after_undo(session: Session, case: Case, event: CaseEvent) -> None:
    """Let later reports of the place make a case of their own."""
    if event.kind == FOUND:
        case.core = Core().to_json()
        grouped.set_keys(session, case, ())


def address_of(session: Session, search: ElsewhereSearch, url: str, reading: Reading) -> str:
    """Under which address the page's cases stand; "" if the search reads that one itself."""
    origins = frozenset(origin.origin for origin in search.site.origins)
    stands_at = named_address(reading.url, base=url, origins=origins) or url
    if reading.names is not None and _is_another_view(reading.names, stands_at):
        stands_at = reading.names
    if stands_at == url:
        return url
    return "" if elsewhere.has_page(session, search.id, stands_at) else stands_at


def _is_another_view(named: str, url: str) -> bool:
    """Whether the page may be believed what it names: some sites' pages all name the front page."""
    return are_views(named, url) or named == url.partition("?")[0]


def keep_without_readers(session: Session, case: Case) -> bool:
    """Let a case go on whose only reader has taken the report back: the desk found it first.

    False if the case is none that was found so.
    """
    place = elsewhere.place_of_case(session, case) if case.search_id is not None else None
    if place is None:
        return False
    case.exact, case.prefix, case.suffix = place.exact, place.prefix, place.suffix
    case.start, case.end, case.correction = place.start, place.end, place.right
    case.hint, case.hinted_at = None, None
    _set_core(session, case, place)
    return True


def _page(
    session: Session, site_id: int, place: ElsewherePlace, facts: PageFacts, now: datetime
) -> Page:
    known = pages.at(session, site_id=site_id, url=place.url)
    # What readers' browsers said of a known page is better than what was read of it.
    facts = facts if known is None else PageFacts()
    return pages.hold(session, site_id=site_id, url=place.url, facts=facts, now=now)


def _stands(session: Session, case_id: str | None) -> bool:
    return case_id is not None and searches.stands(session.get(Case, case_id))


def _case(session: Session, page: Page, place: ElsewherePlace, now: datetime) -> Case:
    case = grouping.new_case(page, _member(place).selector, now)
    case.readers = 0
    case.search_id, case.correction = place.search_id, place.right
    # Regrouping moves reports, and there are none: what lies here goes to this case.
    case.is_arranged = True
    case.place_state, case.place_checked_at, case.found_at = PRESENT, now, now
    case.position = place.position
    session.add(case)
    session.flush()
    _set_core(session, case, place)
    return case


def _set_core(session: Session, case: Case, place: ElsewherePlace) -> None:
    core = Core((_member(place).piece(),))
    case.core = core.to_json()
    grouped.set_keys(session, case, rules.core_keys(core))


def _member(place: ElsewherePlace) -> Member:
    selector = Selector(place.exact, place.prefix, place.suffix, place.start, place.end)
    return Member(selector, place.right)
