"""The commands, run as a person runs them; each mistake gets one sentence and a non-zero exit."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from typo_reports.cli import commands
from typo_reports.storage.engine import Database
from typo_reports.storage.schema import migrate


class Shell:
    """A shell whose TYPO_REPORTS_* variables name an installation in a temporary folder."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder
        self.env = {"TYPO_REPORTS_DATA_DIR": str(folder)} | {
            f"TYPO_REPORTS_{name}": value for name, value in variables.items()
        }

    def run(self, *words: str, given: str | None = None) -> Result:
        return CliRunner().invoke(commands, words, input=given, env=self.env)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def installed(shell: Shell) -> Shell:
    assert shell.run("migrate").exit_code == 0
    return shell


def _add_site(shell: Shell) -> Result:
    return shell.run("site", "add", "Daily Planet", "--origin", "https://planet.example")


def test_migrate_creates_the_tables_and_says_so_once(shell: Shell) -> None:
    first, second = shell.run("migrate"), shell.run("migrate")
    assert "now at revision" in first.output
    assert second.output == "The database is up to date.\n"


def test_a_command_on_an_unmigrated_database_says_what_to_do(shell: Shell) -> None:
    result = _add_site(shell)
    assert result.exit_code == 1
    assert result.output == (
        "Error: The database is not up to date. Run typo-reports migrate first.\n"
    )


def test_a_wrong_setting_is_one_sentence(tmp_path: Path) -> None:
    result = Shell(tmp_path, SMTP_URL="mail").run("migrate")
    assert result.exit_code == 1
    assert result.output.startswith("Error: TYPO_REPORTS_SMTP_URL is malformed")
    assert "Traceback" not in result.output


def test_adding_a_site_prints_the_tag_to_paste(installed: Shell) -> None:
    result = _add_site(installed)
    assert result.exit_code == 0
    assert (
        '<script async src="http://127.0.0.1:8000/static/js/typo-reports.js" '
        'data-site="daily-planet"></script>' in result.output
    )
    assert (
        "daily-planet\tDaily Planet\thttps://planet.example" in installed.run("site", "list").output
    )


def test_a_site_twice_or_with_a_bad_origin_is_refused_in_words(installed: Shell) -> None:
    words = ("site", "add", "Planet", "--key", "p", "--origin")
    assert installed.run(*words, "https://planet.example").exit_code == 0
    taken = installed.run(*words, "https://planet.example")
    wrong = installed.run("site", "add", "Other", "--origin", "planet.example/a")
    for result in (taken, wrong):
        assert result.exit_code == 1
        assert result.output.startswith("Error: ")


def test_an_editor_gets_a_password_once_or_brings_one(installed: Shell) -> None:
    _add_site(installed)
    made = installed.run("editor", "add", "ann@planet.example", "--site", "daily-planet")
    assert "The password is " in made.output
    brought = installed.run(
        "editor",
        "add",
        "bob@planet.example",
        "--role",
        "admin",
        "--password-stdin",
        given="correct horse battery\n",
    )
    assert brought.exit_code == 0
    assert "password" not in brought.output
    again = installed.run("editor", "add", "ANN@planet.example", "--site", "daily-planet")
    assert again.exit_code == 1


def test_a_link_to_sign_in_is_printed_for_an_editor_and_nobody_else(installed: Shell) -> None:
    installed.run("editor", "add", "ann@paper.example", "--role", "admin")
    made = installed.run("editor", "let-in", "ann@paper.example")
    assert made.exit_code == 0
    assert "/sign-in/link/" in made.output.splitlines()[0]
    refused = installed.run("editor", "let-in", "eve@paper.example")
    assert refused.exit_code == 1
    assert "no account with the address eve@paper.example" in refused.output


def test_a_token_is_printed_alone_so_that_a_script_can_take_it(installed: Shell) -> None:
    _add_site(installed)
    result = installed.run("token", "add", "cms", "--site", "daily-planet")
    assert result.output.startswith("typo_")
    assert len(result.output.split()) == 1
    assert installed.run("token", "add", "cms", "--site", "nobody").exit_code == 1


def test_a_dry_run_shows_the_digest_and_queues_nothing(installed: Shell) -> None:
    from tests.web.reporting import body
    from typo_reports.app import create_app
    from typo_reports.settings import Settings

    _add_site(installed)
    installed.run("editor", "add", "ann@planet.example", "--site", "daily-planet")
    app = create_app(Settings.from_environment(installed.env))
    sent = app.test_client().post(
        "/api/v1/reports", json=body(), headers={"Origin": "https://planet.example"}
    )
    assert sent.status_code == 201
    shown = installed.run("digest", "--dry-run")
    assert shown.exit_code == 0
    assert "To: ann@planet.example" in shown.output
    assert "anotation" in shown.output
    assert not (installed.folder / "mail").exists()


def test_the_doctor_names_what_is_missing_and_fails(installed: Shell) -> None:
    ill = installed.run("doctor")
    assert ill.exit_code == 1
    assert "typo-reports site add" in ill.output
    _add_site(installed)
    installed.run("editor", "add", "ann@planet.example", "--role", "admin")
    well = installed.run("doctor")
    assert well.exit_code == 0, well.output


def test_the_doctor_sees_a_mail_server_that_does_not_answer(tmp_path: Path) -> None:
    shell = Shell(tmp_path, SMTP_URL="smtp://127.0.0.1:1")
    shell.run("migrate")
    result = shell.run("doctor")
    assert result.exit_code == 1
    assert "WRONG mail" in result.output


def test_the_doctor_and_the_list_name_packs_that_an_older_version_compiled(tmp_path: Path) -> None:
    from tests.spelling.small_pack import add_small_english

    shell = Shell(tmp_path)
    shell.run("migrate")
    add_small_english(add_small_english(shell.folder / "dictionaries"), "de")
    for command in (("doctor",), ("lang", "list")):
        assert "typo-reports lang add de" in shell.run(*command).output
    assert "WRONG languages" in shell.run("doctor").output
    (shell.folder / "dictionaries" / "de.json").unlink()
    for command in (("doctor",), ("lang", "list")):
        assert "lang add" not in shell.run(*command).output


@pytest.mark.slow
def test_the_worker_composes_and_delivers_what_is_due(tmp_path: Path) -> None:
    from tests.web.reporting import body
    from typo_reports.app import create_app
    from typo_reports.mail.transport import transport_from
    from typo_reports.settings import Settings
    from typo_reports.worker import Worker

    shell = Shell(tmp_path)
    shell.run("migrate")
    _add_site(shell)
    shell.run("editor", "add", "ann@planet.example", "--site", "daily-planet")
    settings = Settings.from_environment(shell.env)
    database = Database(settings.database_url)
    migrate(database.engine)
    sent = (
        create_app(settings, database=database)
        .test_client()
        .post("/api/v1/reports", json=body(), headers={"Origin": "https://planet.example"})
    )
    assert sent.status_code == 201
    late = datetime.now(UTC).replace(hour=23)
    Worker(database, settings, transport_from(settings), now=lambda: late).run_once()
    (letter,) = (tmp_path / "mail").glob("*.eml")
    assert b"ann@planet.example" in letter.read_bytes()
    database.close()
