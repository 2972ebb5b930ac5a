"""Sites and their pages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from typo_reports.storage.models.foundation import Base


class Site(Base):
    """A publication: its public key, its name and the rules of its own."""

    __tablename__ = "sites"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    # Where an editor corrects a page: a template over {url}, {path}, {slug}; see docs/sites.md.
    edit_url_template: Mapped[str | None]
    # Whether the worker may look at the site's pages; see docs/verification.md.
    reads_pages: Mapped[bool] = mapped_column(default=True)
    # Whether a confirmed error is looked for on its other pages; see docs/elsewhere.md.
    looks_elsewhere: Mapped[bool] = mapped_column(default=False)
    # Its sitemap or feed where robots.txt names none, and how many pages are read at most.
    listing_url: Mapped[str | None]
    pages_most: Mapped[int] = mapped_column(default=200)
    # Whether everybody may read what was corrected, and its desk the numbers by author.
    shows_corrections: Mapped[bool] = mapped_column(default=False)
    shows_authors: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    origins: Mapped[list[SiteOrigin]] = relationship(
        back_populates="site", cascade="all, delete-orphan", order_by="SiteOrigin.origin"
    )


class SiteOrigin(Base):
    """One origin (scheme, host, port) that may report for a site."""

    __tablename__ = "site_origins"
    __table_args__ = (Index(None, "origin"),)

    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    origin: Mapped[str] = mapped_column(String(300), primary_key=True)

    site: Mapped[Site] = relationship(back_populates="origins")


class Page(Base):
    """A page of a site, by its canonical address; facts as the newest report gave them."""

    __tablename__ = "pages"
    __table_args__ = (
        UniqueConstraint("site_id", "url_hash"),
        Index("ix_pages_site_id_section", "site_id", "section"),
        Index("ix_pages_site_id_author", "site_id", "author"),
        Index("ix_pages_site_id_lang", "site_id", "lang"),
        Index(
            "ix_pages_joined_to_id",
            "joined_to_id",
            sqlite_where=text("joined_to_id IS NOT NULL"),
            postgresql_where=text("joined_to_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    url: Mapped[str]
    # SHA-256 of the URL: an index over the URL itself breaks on long ones in PostgreSQL.
    url_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    title: Mapped[str | None]
    lang: Mapped[str | None]
    author: Mapped[str | None]
    section: Mapped[str | None]
    edit_url: Mapped[str | None]
    modified_at: Mapped[str | None]
    # When the article appeared, as the page itself told the worker.
    article_at: Mapped[datetime | None]
    # Under what its CMS keeps it, as the page itself told the worker; see docs/sites.md.
    cms_id: Mapped[str | None] = mapped_column(String(64))
    # This is another address of that page, which has all the cases; see services/page_joining.py.
    joined_to_id: Mapped[int | None] = mapped_column(ForeignKey("pages.id"))
    # The address that the page last named as its own without being joined, and when.
    named_url: Mapped[str | None]
    named_at: Mapped[datetime | None]
    # An editor has said that it is a page of its own.
    stays_apart: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    site: Mapped[Site] = relationship()
