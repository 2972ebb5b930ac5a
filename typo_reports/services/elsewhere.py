"""The same error elsewhere: beginning a search, following it, ending it.

Off until a site switches it on. A search is a row that workers claim by lease, so it goes on where
it stood when a worker dies; what it finds are places, from which an editor makes cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from typo_reports.domain import elsewhere as rules
from typo_reports.domain import house_style as house_rules
from typo_reports.domain import kept_words
from typo_reports.domain.case import WITHDRAWN
from typo_reports.domain.elsewhere import Sought
from typo_reports.domain.errors import ConflictError, NotFoundError
from typo_reports.domain.selector import Selector
from typo_reports.domain.words import N_, NN_
from typo_reports.services.actors import Actor, canonical_id, visible_case
from typo_reports.storage import cases, elsewhere, house_style
from typo_reports.storage.ids import new_id
from typo_reports.storage.models import Case, ElsewherePlace, ElsewhereSearch
from typo_reports.storage.models.elsewhere import CANCELLED, DONE, WAITING

# The same words are not looked for again by themselves before this.
AGAIN_AFTER = timedelta(days=7)
# Searches of a site that may wait: a bulk deed on hundreds of cases must not read a site for days.
RUNNING_MOST = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A search with its places and the cases that stand there, withdrawn ones apart."""

    search: ElsewhereSearch
    places: Sequence[tuple[ElsewherePlace, Case | None]]

    @property
    def free(self) -> int:
        """Places on which no case stands."""
        return sum(case is None for _, case in self.places)


def sought_of_case(session: Session, case: Case) -> Sought | None:
    """What the case has to look for: the readers' correction first, then the dictionary's."""
    selector = Selector(case.exact, case.prefix, case.suffix)
    for said in cases.suggestions(session, [case.id]).get(case.id, ()):
        if (found := rules.sought_of(selector, said.text)) is not None:
            return found
    guesses = (case.hint or {}).get("suggestions") or [case.correction]
    start, end = (case.hint or {}).get("start", 0), (case.hint or {}).get("end", len(case.exact))
    for guess in guesses:
        if isinstance(guess, str) and guess:
            whole = case.exact[:start] + guess + case.exact[end:]
            if (found := rules.sought_of(selector, whole)) is not None:
                return found
    return None


def begin(
    session: Session, actor: Actor, case_id: str, *, wrong: str, right: str, now: datetime
) -> ElsewhereSearch:
    """Have the site's other pages looked through for these words, on an editor's wish.

    A search for the same words that is not over is given back instead. Raises InvalidFieldsError
    for words that can't be looked for, ConflictError where the site doesn't allow it.
    """
    case = visible_case(session, actor, case_id)
    sought = rules.checked(wrong, right, like=sought_of_case(session, case))
    _check_allowed(session, case, sought)
    same = elsewhere.like(session, case.site_id, sought.key, since=now - AGAIN_AFTER)
    if same is not None and same.is_running:
        return same
    if elsewhere.running_of_site(session, case.site_id) >= RUNNING_MOST:
        raise ConflictError(
            NN_(
                "%(num)s search of this site is under way. Try again when it is over.",
                "%(num)s searches of this site are under way. Try again when one is over.",
                RUNNING_MOST,
            )
        )
    return _added(session, case, sought, editor_id=actor.editor_id, now=now)


def after_confirming(
    session: Session, case: Case, *, now: datetime, seen: tuple[str, str] | None = None
) -> ElsewhereSearch | None:
    """Look for the error of a case that was resolved as fixed, if its site wants that.

    `seen` is what stood on the page before the correction and after it.
    Not for what was found so itself, nor for words that were looked for a week ago or less.
    """
    site = case.site
    if not (site.looks_elsewhere and site.reads_pages) or case.search_id is not None:
        return None
    sought = sought_of_case(session, case)
    if sought is None and seen is not None:
        sought = rules.sought_of(Selector(seen[0]), seen[1])
    if sought is None or _is_held_right(session, case, sought):
        return None
    if elsewhere.like(session, site.id, sought.key, since=now - AGAIN_AFTER) is not None:
        return None
    if elsewhere.running_of_site(session, site.id) >= RUNNING_MOST:
        return None
    return _added(session, case, sought, editor_id=None, now=now)


def after_taking_back(session: Session, case: Case, *, now: datetime) -> None:
    """End what began by itself for a decision that was taken back."""
    for search in elsewhere.running_of_case(session, case.id):
        if search.editor_id is None:
            _end(search, now=now)


def cancel(session: Session, actor: Actor, search_id: str, *, now: datetime) -> ElsewhereSearch:
    """End the search; what it has found stays. Ending it twice changes nothing."""
    search = visible(session, actor, search_id, for_change=True)
    if search.is_running:
        _end(search, now=now)
    return search


def visible(
    session: Session, actor: Actor, search_id: str, *, for_change: bool = False
) -> ElsewhereSearch:
    """The search; NotFoundError if it isn't on the actor's sites."""
    try:
        found = elsewhere.by_id(session, canonical_id(search_id), for_change=for_change)
    except NotFoundError:
        found = None
    if found is None or not actor.may_see(found.site_id):
        raise NotFoundError(N_("There is no such search."))
    return found


def show(session: Session, actor: Actor, search_id: str) -> Found:
    """The search with what it has found so far."""
    return _found(session, visible(session, actor, search_id))


def of_case(session: Session, case: Case, *, now: datetime) -> Found | None:
    """The search that the page of a case shows: its own last one, or one for the same words."""
    search = elsewhere.newest_of_case(session, case.id)
    if search is None and case.search_id is not None:
        search = elsewhere.by_id(session, case.search_id)
    if search is None and (sought := sought_of_case(session, case)) is not None:
        search = elsewhere.like(session, case.site_id, sought.key, since=now - AGAIN_AFTER)
    return _found(session, search) if search is not None else None


def _found(session: Session, search: ElsewhereSearch) -> Found:
    rows = elsewhere.places(session, search.id)
    return Found(search, [(one, case if stands(case) else None) for one, case in rows])


def stands(case: Case | None) -> bool:
    """Whether the case stands at its place; one that was taken back doesn't."""
    return case is not None and case.status != WITHDRAWN


def _check_allowed(session: Session, case: Case, sought: Sought) -> None:
    if not case.site.looks_elsewhere:
        raise ConflictError(N_("Looking elsewhere is switched off for this site."))
    if not case.site.reads_pages:
        raise ConflictError(N_("Looking at pages is switched off for this site."))
    if _is_held_right(session, case, sought):
        raise ConflictError(
            N_("The house style holds “%(wrong)s” right. Nothing was begun.", wrong=sought.wrong)
        )


def _is_held_right(session: Session, case: Case, sought: Sought) -> bool:
    held = house_style.known_words(session, case.site_id, case.page.lang)
    plain = house_rules.compared(sought.wrong, house_rules.WORD)
    small = plain[:1].lower() + plain[1:]
    return bool(held & {plain, small})


def _added(
    session: Session, case: Case, sought: Sought, *, editor_id: int | None, now: datetime
) -> ElsewhereSearch:
    search = ElsewhereSearch(
        id=new_id(now),
        site_id=case.site_id,
        case_id=case.id,
        key=sought.key,
        wrong=sought.wrong,
        right=sought.right,
        before=sought.before,
        after=sought.after,
        is_small=sought.is_small,
        lang=case.page.lang,
        status=WAITING,
        pages=0,
        read=0,
        unread=0,
        found_pages=0,
        left_out=0,
        editor_id=editor_id,
        created_at=now,
        due_at=now,
    )
    session.add(search)
    session.flush()
    return search


def _end(search: ElsewhereSearch, *, now: datetime) -> None:
    search.status = CANCELLED
    search.ended_at = now
    search.leased_until = None


def sought_of_search(search: ElsewhereSearch) -> Sought:
    """What the search looks for."""
    return Sought(search.wrong, search.right, search.before, search.after, search.is_small)


def finish(search: ElsewhereSearch, *, now: datetime, words: str | None = None) -> None:
    """End a search whose pages are read, or which has no time left for them."""
    search.status, search.ended_at, search.leased_until = DONE, now, None
    if words:
        search.words = kept_words.added(search.words, words)
