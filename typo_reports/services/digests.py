"""Composing digests: for each editor and site one letter a day, at the editor's hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import quote

from sqlalchemy.orm import Session

from typo_reports.domain import digest as rules
from typo_reports.domain.delivery import DIGEST
from typo_reports.domain.links import origin_of
from typo_reports.mail import letters
from typo_reports.mail.letters import DigestCase, WrittenLetter
from typo_reports.services import own_language
from typo_reports.services.outbox import queue_letter
from typo_reports.storage import digests as statements
from typo_reports.storage import letters as outbox
from typo_reports.storage.models import Case, Membership, Site

# Somewhere on earth it is already tomorrow.
_LATEST_ZONE = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Preview:
    """A digest as it would be sent now. `is_due` says whether its hour has come."""

    recipient: str
    subject: str
    body_text: str
    body_html: str
    is_due: bool


def compose_due(
    session: Session,
    *,
    now: datetime,
    base_url: str,
    site_key: str | None = None,
    even_before_the_hour: bool = False,
) -> int:
    """Queue the digests whose hour has come; returns how many letters that made.

    The letters and the day they are for are written together, so that a crash loses none and two
    processes at the same moment make one. Where nothing is open the day passes without a letter.
    With `even_before_the_hour` today's digests are made now; each still once a day.
    """
    desk = _Desk(session, base_url=base_url, now=now)
    tomorrow = (now + _LATEST_ZONE).date() + timedelta(days=1)
    queued = 0
    for member in statements.candidates(session, before=tomorrow, site_key=site_key):
        day = _today(member, now) if even_before_the_hour else _day_due(member, now)
        if day is not None:
            queued += _compose(session, desk, member, day)
    return queued


def rewrite_waiting(session: Session, *, site_id: int, now: datetime, base_url: str) -> int:
    """Write the site's digests that have not gone yet as they would be now; how many there are.

    For readers who take back what they said: a letter that waits for its hour, or for the mail
    server, must not tell it all the same. One that has nothing to tell any more is dropped.
    """
    waiting = outbox.waiting_of(session, site_id=site_id, kind=DIGEST)
    if not waiting:
        return 0
    session.flush()
    desk = _Desk(session, base_url=base_url, now=now)
    site_key = session.get_one(Site, site_id).key
    found = statements.candidates(session, site_key=site_key)
    members = {str(member.editor_id): member for member in found}
    for letter in waiting:
        member = members.get(letter.topic.split(":")[2])
        written = desk.digest_for(member) if member is not None else None
        if written is None:
            session.delete(letter)
        else:
            letter.subject, letter.body_text = written.subject, written.body_text
            letter.body_html = written.body_html
    session.flush()
    return len(waiting)


def preview(
    session: Session, *, now: datetime, base_url: str, site_key: str | None = None
) -> list[Preview]:
    """The digests of everybody who gets one, as they stand now; none where nothing is open.

    Changes nothing, and shows those too whose hour has not come.
    """
    desk = _Desk(session, base_url=base_url, now=now)
    previews = []
    for member in statements.candidates(session, site_key=site_key):
        written = desk.digest_for(member)
        if written is not None:
            previews.append(
                Preview(
                    recipient=member.editor.email,
                    subject=written.subject,
                    body_text=written.body_text,
                    body_html=written.body_html,
                    is_due=_day_due(member, now) is not None,
                )
            )
    return previews


def _compose(session: Session, desk: _Desk, member: Membership, day: date) -> int:
    # Read before the day is taken: a fresh row would no longer know the last digest.
    written = desk.digest_for(member)
    if not statements.take_day(session, member, day) or written is None:
        return 0
    return queue_letter(
        session,
        written,
        topic=f"digest:{member.site_id}:{member.editor_id}:{day.isoformat()}",
        kind=DIGEST,
        site_id=member.site_id,
        recipient=member.editor.email,
        now=desk.now,
        base_url=desk.base_url,
    )


def _day_due(member: Membership, now: datetime) -> date | None:
    if member.digest_hour is None:
        return None
    return rules.day_due(
        now=now,
        zone=rules.zone_of(member.editor.time_zone),
        hour=member.digest_hour,
        digested_on=member.digested_on,
    )


def _today(member: Membership, now: datetime) -> date | None:
    today = now.astimezone(rules.zone_of(member.editor.time_zone)).date()
    return today if member.digested_on is None or member.digested_on < today else None


class _Desk:
    """What is open on each site, read once for all editors of the site."""

    def __init__(self, session: Session, *, base_url: str, now: datetime) -> None:
        self.base_url, self.now = base_url, now
        self._session = session
        self._open: dict[int, tuple[int, list[DigestCase]]] = {}
        self._new: dict[tuple[int, datetime], int] = {}
        self._written: dict[tuple[int, int, str], WrittenLetter] = {}

    def digest_for(self, member: Membership) -> WrittenLetter | None:
        """The digest of one editor for one site; None when nothing is open."""
        site = member.site
        if site.id not in self._open:
            self._open[site.id] = self._read(site)
        open_count, cases = self._open[site.id]
        if not open_count:
            return None
        new_count = self._count_new(site.id, self._new_since(member))
        language = own_language.of_letters(member.editor)
        if (site.id, new_count, language) not in self._written:
            self._written[site.id, new_count, language] = letters.digest(
                site_name=site.name,
                cases=cases,
                open_count=open_count,
                new_count=new_count,
                queue_url=f"{self.base_url}/queue?site={quote(site.key, safe='')}",
                settings_url=f"{self.base_url}/settings",
                now=self.now,
                language=language,
            )
        return self._written[site.id, new_count, language]

    def _count_new(self, site_id: int, since: datetime) -> int:
        if (site_id, since) not in self._new:
            self._new[site_id, since] = statements.count_open(
                self._session, site_id, now=self.now, since=since
            )
        return self._new[site_id, since]

    def _new_since(self, member: Membership) -> datetime:
        return rules.new_since(
            now=self.now,
            zone=rules.zone_of(member.editor.time_zone),
            hour=member.digest_hour or 0,
            digested_on=member.digested_on,
        )

    def _read(self, site: Site) -> tuple[int, list[DigestCase]]:
        cases = statements.open_cases(self._session, site.id, now=self.now, limit=rules.CASES_SHOWN)
        leading = statements.leading_suggestions(self._session, [case.id for case in cases])
        origins = {known.origin for known in site.origins}
        told = [self._told(case, leading.get(case.id, case.correction), origins) for case in cases]
        return statements.count_open(self._session, site.id, now=self.now), told

    def _told(self, case: Case, suggestion: str | None, origins: set[str]) -> DigestCase:
        guess = _first_guess(case) if suggestion is None else None
        return DigestCase(
            exact=case.exact,
            prefix=case.prefix,
            suffix=case.suffix,
            correction=suggestion if suggestion is not None else guess,
            is_from_dictionary=guess is not None,
            readers=case.readers,
            title=case.page.title,
            section=case.page.section,
            author=case.page.author,
            created_at=case.created_at,
            is_regression=case.regressions > 0,
            page_url=case.page.url if origin_of(case.page.url) in origins else None,
            desk_url=f"{self.base_url}/cases/{case.id}",
        )


def _first_guess(case: Case) -> str | None:
    guesses = (case.hint or {}).get("suggestions") or []
    return guesses[0] if guesses and isinstance(guesses[0], str) else None
