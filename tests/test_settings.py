"""Settings: read once, checked, and every mistake named."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from typo_reports.domain.errors import SettingsError
from typo_reports.settings import Settings


def read(folder: Path, **variables: str) -> Settings:
    named = {f"TYPO_REPORTS_{name}": value for name, value in variables.items()}
    return Settings.from_environment({"TYPO_REPORTS_DATA_DIR": str(folder / "var"), **named})


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'var' / 'typo-reports.sqlite3'}"
    assert settings.keeps_letters_as_files


def test_the_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path)
    kept = tmp_path / "var" / "secret-key"
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_damaged_secret_key_is_named_and_not_replaced(tmp_path: Path) -> None:
    read(tmp_path)
    kept = tmp_path / "var" / "secret-key"
    kept.write_text("short", encoding="utf-8")
    with pytest.raises(SettingsError, match="secret-key is damaged"):
        read(tmp_path)


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "smtp"
    secret.write_text("smtps://desk:hunter2@mail.example\n", encoding="utf-8")
    assert read(tmp_path, SMTP_URL_FILE=str(secret)).smtp_url == "smtps://desk:hunter2@mail.example"


def test_secrets_are_not_shown_when_settings_are_printed(tmp_path: Path) -> None:
    shown = repr(read(tmp_path, SMTP_URL="smtps://desk:hunter2@mail.example"))
    assert "hunter2" not in shown
    assert "secret_key" not in shown


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"SMPT_URL": "x"}, "TYPO_REPORTS_SMPT_URL is not a setting"),
        ({"SMTP_URL": "mail.example"}, "TYPO_REPORTS_SMTP_URL is malformed"),
        ({"SMTP_URL": "smtp://"}, "names no host"),
        ({"SMTP_URL": "smtp://mail.example:99999"}, "TYPO_REPORTS_SMTP_URL is malformed"),
        ({"DATABASE_URL": "mysql://x"}, "TYPO_REPORTS_DATABASE_URL is malformed"),
        ({"DATABASE_URL": "sqlite:///"}, "TYPO_REPORTS_DATABASE_URL is malformed"),
        ({"BASE_URL": "https://desk.example/typos"}, "scheme, host and port only"),
        ({"SECRET_KEY": "short"}, "at least 32 characters"),
        ({"OIDC_ISSUER": "http://login.example"}, "OIDC_ISSUER is malformed: it must be an https"),
        ({"OIDC_ISSUER": "https://login.example/?x=y"}, "OIDC_ISSUER is malformed"),
        ({"OIDC_ISSUER": "https://ann@login.example"}, "OIDC_ISSUER is malformed"),
        ({"OIDC_ISSUER": "https://login.example"}, "OIDC_ISSUER needs TYPO_REPORTS_OIDC_CLIENT_ID"),
        ({"OIDC_CLIENT_ID": "desk"}, "OIDC_CLIENT_ID needs TYPO_REPORTS_OIDC_ISSUER"),
        ({"OIDC_ONLY": "yes"}, "OIDC_ONLY needs TYPO_REPORTS_OIDC_ISSUER"),
        ({"OIDC_ONLY": "true"}, "must be yes or no"),
        ({"OIDC_NAME": "x" * 41}, "OIDC_NAME is malformed"),
        ({"OIDC_ADMITS": "paper.example"}, "is not a domain and a role"),
        ({"OIDC_ADMITS": "paper.example=admin"}, "is not a domain and a role"),
        ({"OIDC_ADMITS": "*=editor"}, "is not a domain and a role"),
        ({"OIDC_ADMITS": "a.example=editor,A.example=viewer"}, "names a domain twice"),
        ({"TRUSTED_PROXIES": "10.0.0.0/8, nginx"}, "TYPO_REPORTS_TRUSTED_PROXIES is malformed"),
        ({"RETENTION_DAYS": "a year"}, "whole number"),
        ({"RETENTION_DAYS": "0"}, "whole number"),
        ({"MAIL_FROM": "desk"}, "TYPO_REPORTS_MAIL_FROM is malformed"),
        ({"MAIL_FROM": "a@b.example\nBcc: x@y.example"}, "TYPO_REPORTS_MAIL_FROM is malformed"),
        ({"LOG_FORMAT": "xml"}, "one of text, json"),
        ({"SMTP_URL_FILE": "/does/not/exist"}, "TYPO_REPORTS_SMTP_URL_FILE names a file"),
        ({"LOG_FORMAT": "json", "LOG_FORMAT_FILE": __file__}, "given twice"),
    ],
)
def test_a_wrong_setting_refuses_to_start_and_is_named(
    tmp_path: Path, variables: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError, match=named):
        read(tmp_path, **variables)


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match="TYPO_REPORTS_DATA_DIR"):
        read(tmp_path / "file")


def test_host_and_port_make_the_base_url(tmp_path: Path) -> None:
    environ = {"TYPO_REPORTS_DATA_DIR": str(tmp_path), "HOST": "0.0.0.0", "PORT": "8123"}
    assert Settings.from_environment(environ).base_url == "http://127.0.0.1:8123"


@pytest.mark.parametrize(
    "url",
    ["", "localhost:8010", "ftp://a.example", "http://", "http://u:p@a.example", "http://a/?k=1"],
)
def test_a_malformed_languagetool_address_is_refused_by_name(tmp_path: Path, url: str) -> None:
    environ = {
        "TYPO_REPORTS_DATA_DIR": str(tmp_path),
        "TYPO_REPORTS_LANGUAGETOOL_URL": url,
    }
    with pytest.raises(SettingsError, match="TYPO_REPORTS_LANGUAGETOOL_URL is malformed"):
        Settings.from_environment(environ)


def test_single_sign_on_is_read_whole(tmp_path: Path) -> None:
    secret = tmp_path / "client"
    secret.write_text("of the client\n", encoding="utf-8")
    settings = read(
        tmp_path,
        OIDC_ISSUER="https://login.example/realms/paper/",
        OIDC_CLIENT_ID="desk",
        OIDC_CLIENT_SECRET_FILE=str(secret),
        OIDC_NAME="Paper Login",
        OIDC_ADMITS="@Paper.example=editor, agency.example = viewer,",
        OIDC_ONLY="yes",
    )
    # The slash at its end belongs to the name of the issuer.
    assert settings.oidc_issuer == "https://login.example/realms/paper/"
    assert settings.oidc_client_secret == "of the client"
    assert "of the client" not in repr(settings)
    assert [(one.domain, one.role) for one in settings.oidc_admits] == [
        ("paper.example", "editor"),
        ("agency.example", "viewer"),
    ]
    assert settings.oidc_only
