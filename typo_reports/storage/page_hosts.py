"""Hosts that pages are read from: who may ask one and when, and the robots.txt of its origins.

http and https of one name are one host, asked by one process at a time; each has a robots.txt of
its own, by RFC 9309.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import case, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from typo_reports.storage.models import PageHost


def claim(session: Session, origin: str, *, now: datetime, until: datetime) -> bool:
    """Be the only one who asks this host until then; False while it wants no request."""
    taken = session.execute(
        _insert(session)
        .values(origin=_host_of(origin), free_at=until)
        .on_conflict_do_update(
            index_elements=["origin"],
            set_={"free_at": until},
            where=PageHost.free_at <= now,
        )
        .returning(PageHost.origin)
    )
    return taken.first() is not None


def free(session: Session, origin: str, *, at: datetime) -> None:
    """Let others ask this host from then on."""
    session.execute(
        update(PageHost)
        .where(PageHost.origin == _host_of(origin))
        .values(free_at=at)
        .execution_options(synchronize_session=False)
    )


def spare(session: Session, origin: str, *, until: datetime) -> None:
    """Let nobody ask this host before then, whoever has it now."""
    later = case((PageHost.free_at < until, until), else_=PageHost.free_at)
    session.execute(
        _insert(session)
        .values(origin=_host_of(origin), free_at=until)
        .on_conflict_do_update(index_elements=["origin"], set_={"free_at": later})
    )


def free_at(session: Session, origin: str) -> datetime | None:
    """From when on this host may be asked; None if it never was."""
    wanted = select(PageHost.free_at).where(PageHost.origin == _host_of(origin))
    return session.scalars(wanted).one_or_none()


def robots(session: Session, origins: Collection[str]) -> dict[str, tuple[str, datetime]]:
    """What is kept of the robots.txt of these origins, and when it was read."""
    wanted = select(PageHost.origin, PageHost.robots, PageHost.robots_read_at).where(
        PageHost.origin.in_(origins),
        PageHost.robots.is_not(None),
        PageHost.robots_read_at.is_not(None),
    )
    return {row[0]: (row[1] or "", row[2]) for row in session.execute(wanted) if row[2]}


def keep_robots(session: Session, origin: str, text: str, *, read_at: datetime) -> None:
    """Keep the robots.txt of this origin."""
    kept = {"robots": text, "robots_read_at": read_at}
    session.execute(
        _insert(session)
        .values(origin=origin, free_at=read_at, **kept)
        .on_conflict_do_update(index_elements=["origin"], set_=kept)
    )


def _host_of(origin: str) -> str:
    scheme, _, name = origin.partition("://")
    is_usual_port = ":" not in name.rpartition("]")[2]
    return f"https://{name}" if scheme == "http" and is_usual_port else origin


def _insert(session: Session) -> sqlite.Insert | postgresql.Insert:
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(PageHost) if is_postgresql else sqlite.insert(PageHost)
