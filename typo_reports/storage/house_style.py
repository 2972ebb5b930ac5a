"""What a site's house holds right: the list, and the one look-up of intake."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from typo_reports.domain.house_style import WORD
from typo_reports.storage.models import Case, HouseStyle

ENTRIES_MOST = 5_000


def known_words(session: Session, site_id: int, lang: str | None) -> frozenset[str]:
    """The words and phrases that this site holds right in this language, as written.

    `lang` is the page's language tag: entries for it, for its primary language ("en" of "en-GB")
    and for every language count.
    """
    tag = (lang or "").lower()
    return frozenset(
        session.scalars(
            select(HouseStyle.text).where(
                HouseStyle.site_id == site_id,
                HouseStyle.kind == WORD,
                HouseStyle.lang.in_({tag, tag.partition("-")[0], ""}),
            )
        )
    )


def texts_of(session: Session, site_id: int, lang: str | None) -> list[str]:
    """All that this site holds right in this language, words and passages."""
    tag = (lang or "").lower()
    return list(
        session.scalars(
            select(HouseStyle.text).where(
                HouseStyle.site_id == site_id,
                HouseStyle.lang.in_({tag, tag.partition("-")[0], ""}),
            )
        )
    )


def answering(session: Session, *, site_id: int, keys: Sequence[bytes]) -> HouseStyle | None:
    """The entry under the first of these keys that has one."""
    found = session.scalars(
        select(HouseStyle).where(HouseStyle.site_id == site_id, HouseStyle.key.in_(keys))
    )
    by_key = {bytes(entry.key): entry for entry in found}
    return next((by_key[key] for key in keys if key in by_key), None)


def all_of(session: Session, site_id: int) -> list[tuple[HouseStyle, int]]:
    """The site's entries by text, each with how many cases it has answered."""
    folded = (
        select(Case.house_style_id, func.count().label("cases"))
        .where(Case.site_id == site_id, Case.house_style_id.is_not(None))
        .group_by(Case.house_style_id)
        .subquery()
    )
    rows = session.execute(
        select(HouseStyle, func.coalesce(folded.c.cases, 0))
        .outerjoin(folded, folded.c.house_style_id == HouseStyle.id)
        .where(HouseStyle.site_id == site_id)
        .order_by(func.lower(HouseStyle.text), HouseStyle.id)
        .limit(ENTRIES_MOST)
    )
    return [(entry, cases) for entry, cases in rows]


def one_of(session: Session, site_id: int, entry_id: int) -> HouseStyle | None:
    """The site's entry with this id."""
    return session.scalars(
        select(HouseStyle).where(HouseStyle.site_id == site_id, HouseStyle.id == entry_id)
    ).one_or_none()


def under(session: Session, site_id: int, key: bytes) -> HouseStyle | None:
    """The site's entry under this key."""
    return session.scalars(
        select(HouseStyle).where(HouseStyle.site_id == site_id, HouseStyle.key == key)
    ).one_or_none()


def count_of(session: Session, site_id: int) -> int:
    """How many entries the site has."""
    return session.scalar(select(func.count()).where(HouseStyle.site_id == site_id)) or 0


def cases_of(session: Session, entry_id: int, *, limit: int) -> list[Case]:
    """The cases that the entry has answered, the newest first."""
    return list(
        session.scalars(
            select(Case)
            .where(Case.house_style_id == entry_id)
            .order_by(Case.created_at.desc())
            .limit(limit)
        )
    )


def let_go(session: Session, entry: HouseStyle) -> None:
    """Delete the entry; the cases that it answered stay as they are."""
    session.execute(
        update(Case)
        .where(Case.house_style_id == entry.id)
        .values(house_style_id=None)
        .execution_options(synchronize_session=False)
    )
    session.delete(entry)
    session.flush()
