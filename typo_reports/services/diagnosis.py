"""`typo-reports doctor`: look at every part and say what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from typo_reports.assets import AssetsMissingError, asset_folder
from typo_reports.domain.errors import TypoReportsError
from typo_reports.mail.transport import Transport
from typo_reports.services import search_index
from typo_reports.services.identity_provider import provider_of
from typo_reports.settings import Settings
from typo_reports.spelling.languagetool import LanguageTool
from typo_reports.spelling.shelf import FOLDER, Shelf
from typo_reports.storage import editors, sites
from typo_reports.storage.engine import Database
from typo_reports.storage.schema import pending_revision
from typo_reports.storage.shared_counts import shared_counts


@dataclass(frozen=True, slots=True)
class Finding:
    """One part that was looked at."""

    subject: str
    is_well: bool
    words: str


def examine(database: Database, settings: Settings, transport: Transport) -> list[Finding]:
    """All findings, the good ones too. Nothing is changed and no letter is sent."""
    return [
        _found("data folder", lambda: _data_folder(settings)),
        _found("files", _assets),
        _found("database", lambda: _database(database)),
        *_search(database),
        *_accounts(database),
        _found("mail", transport.check),
        _found("redis", lambda: _redis(settings)),
        _found("address", lambda: _address(settings)),
        *_languages(settings),
        *_languagetool(settings),
        *single_sign_on(settings),
    ]


def _found(subject: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(subject, True, look())
    except TypoReportsError as error:
        return Finding(subject, False, error.message)
    except (OSError, AssetsMissingError) as error:
        return Finding(subject, False, str(error))


def _languages(settings: Settings) -> Iterator[Finding]:
    """The packs that an older version compiled; nothing is said of others."""
    packs = Shelf(settings.data_dir / FOLDER).packs()
    codes = " ".join(pack.code for pack in packs if pack.is_outdated)
    if codes:
        words = (
            f"An older version compiled the words of {codes}. Run typo-reports lang add {codes}."
        )
        yield Finding("languages", False, words)


def _languagetool(settings: Settings) -> Iterator[Finding]:
    url = settings.languagetool_url
    if url is not None:
        yield _found("languagetool", lambda: _asked(url))


def _asked(url: str) -> str:
    LanguageTool(url).ask("A reader.", "en")
    return f"{url} answers"


def single_sign_on(settings: Settings) -> Iterator[Finding]:
    """Whether the identity provider answers and is what the settings say, if there is one."""
    provider = provider_of(settings)
    if provider is not None:
        yield _found("single sign-on", provider.check)


def _data_folder(settings: Settings) -> str:
    probe = settings.data_dir / ".doctor"
    probe.write_text("", encoding="utf-8")
    probe.unlink()
    return f"{settings.data_dir} can be written"


def _assets() -> str:
    asset_folder("static")
    asset_folder("templates")
    return "templates and static files are there"


def _database(database: Database) -> str:
    pending = pending_revision(database)
    if pending:
        raise TypoReportsError("It is not up to date. Run typo-reports migrate.")
    return f"{database.engine.dialect.name}, up to date"


def _search(database: Database) -> Iterator[Finding]:
    try:
        with database.reading() as session:
            missing = search_index.missing_triggers(session)
            progress = search_index.progress(session)
    except Exception:
        # Said already under "database".
        return
    words = progress.words()
    if missing:
        words = "Changes of texts are not noticed. Run typo-reports migrate, which mends it."
    yield Finding("search", not missing, words)


def _accounts(database: Database) -> Iterator[Finding]:
    try:
        with database.reading() as session:
            has_site, has_admin = bool(sites.all_ids(session)), editors.has_admin(session)
    except Exception:
        # Said already under "database".
        return
    yield Finding(
        "sites",
        has_site,
        "there is one" if has_site else "None yet. Run typo-reports site add NAME --origin URL.",
    )
    yield Finding(
        "editors",
        has_admin,
        "there is an admin"
        if has_admin
        else "There is no admin. Run typo-reports editor add EMAIL --role admin.",
    )


def _redis(settings: Settings) -> str:
    shared = shared_counts(settings.redis_url)
    return shared.check() if shared else "not used; limits are counted in the database"


def _address(settings: Settings) -> str:
    if not settings.is_https and "127.0.0.1" not in settings.base_url:
        raise TypoReportsError(
            f"{settings.base_url} is not HTTPS. Browsers don't let secure pages report to it."
        )
    return settings.base_url
