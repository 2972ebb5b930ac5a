"""The texts for readers that the editors of a site choose from: chosen, added, changed, removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from typo_reports.domain import reply as rules
from typo_reports.domain.errors import InvalidFieldsError, NotFoundError
from typo_reports.domain.house_style import checked_lang
from typo_reports.domain.words import N_, NN_
from typo_reports.storage import replies
from typo_reports.storage.models import Case, ReplyTemplate, Site


@dataclass(frozen=True, slots=True)
class Choice:
    """One text to choose. `key` is what a form sends."""

    key: str
    name: str
    text: str


def choices(session: Session, case: Case) -> list[Choice]:
    """The texts for readers of this case's page: the site's own in its language, or ours."""
    tag = (case.page.lang or "").lower()
    wanted = {tag, tag.partition("-")[0], ""}
    own = [found for found in replies.of_site(session, case.site_id) if found.lang in wanted]
    if own:
        return [Choice(str(found.id), found.name, found.text) for found in own]
    return [
        Choice(f"default-{at}", name, text)
        for at, (name, text) in enumerate(rules.defaults(case.page.lang))
    ]


def chosen(session: Session, case: Case, *, key: str, text: str) -> str | None:
    """The reply that a form asks for: its own text, else that of the choice, else none."""
    if text.strip() or not key:
        return rules.checked_reply(text)
    for choice in choices(session, case):
        if choice.key == key:
            return choice.text
    raise InvalidFieldsError.of(
        "reply", "unknown", N_("There is no such reply to choose any more.")
    )


def templates_of(session: Session, site: Site) -> Sequence[ReplyTemplate]:
    """The site's own texts."""
    return replies.of_site(session, site.id)


def add(session: Session, site: Site, *, lang: str, name: str, text: str) -> None:
    """Add a text; raises InvalidFieldsError (`lang`, `name`, `text`)."""
    if replies.count_of(session, site.id) >= rules.TEMPLATES_MOST:
        raise InvalidFieldsError.of(
            "name",
            "too-many",
            NN_(
                "A site may have %(num)s reply; remove it first.",
                "A site may have %(num)s replies; remove one first.",
                rules.TEMPLATES_MOST,
            ),
        )
    name, text = rules.checked_template(name, text)
    replies.add(session, site_id=site.id, lang=checked_lang(lang), name=name, text=text)


def add_defaults(session: Session, site: Site, *, lang: str) -> None:
    """Make our texts for this language the site's own, to be edited."""
    for name, text in rules.defaults(lang or None):
        add(session, site, lang=lang, name=name, text=text)


def change(
    session: Session, site: Site, template_id: int, *, lang: str, name: str, text: str
) -> None:
    """Change a text; raises NotFoundError, InvalidFieldsError."""
    template = _of(session, site, template_id)
    template.name, template.text = rules.checked_template(name, text)
    template.lang = checked_lang(lang)
    session.flush()


def remove(session: Session, site: Site, template_id: int) -> None:
    """Remove a text; what was said with it stays said."""
    replies.remove(session, _of(session, site, template_id))


def _of(session: Session, site: Site, template_id: int) -> ReplyTemplate:
    found = replies.one_of(session, site.id, template_id) if template_id < 2**31 else None
    if found is None:
        raise NotFoundError(N_("There is no such reply."))
    return found
