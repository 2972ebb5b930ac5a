"""The settings of an installation, read once from `TYPO_REPORTS_*` and then frozen.

Each variable may also be given as `…_FILE`, naming a file that holds the value (for secrets).
"""

from __future__ import annotations

import ipaddress
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from typo_reports.domain import sso_settings
from typo_reports.domain.errors import SettingsError

PREFIX = "TYPO_REPORTS_"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can choose. Build with `Settings.from_environment`."""

    data_dir: Path
    database_url: str
    secret_key: str = field(repr=False)
    base_url: str = "http://127.0.0.1:8000"
    redis_url: str | None = field(default=None, repr=False)
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = "typo-reports@localhost"
    trusted_proxies: tuple[Network, ...] = ()
    trusted_hosts: tuple[str, ...] = ()
    metrics_addresses: tuple[Network, ...] = (
        ipaddress.ip_network("127.0.0.0/8"),
        ipaddress.ip_network("::1/128"),
    )
    private_origins: tuple[Network, ...] = ()
    akismet_key: str | None = field(default=None, repr=False)
    languagetool_url: str | None = None
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(default=None, repr=False)
    oidc_name: str = "single sign-on"
    oidc_admits: tuple[sso_settings.Admission, ...] = ()
    oidc_only: bool = False
    retention_days: int = 365
    reports_per_minute: int = 120
    letters_per_hour: int = 200
    log_format: str = "text"

    @property
    def is_https(self) -> bool:
        """Whether people reach the desk over HTTPS (decides Secure cookies and HSTS)."""
        return self.base_url.startswith("https://")

    @property
    def keeps_letters_as_files(self) -> bool:
        """Without a mail server letters are kept as .eml files under the data folder."""
        return self.smtp_url is None

    @property
    def mail_folder(self) -> Path:
        """Where letters are kept when there is no mail server."""
        return self.data_dir / "mail"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Read and check all settings; raises SettingsError naming the first one that is wrong.

        The data folder is made if absent, and in it a secret key if none is given.
        """
        given = _given(environ)
        values = {name: _parsed(name, text) for name, text in given.items()}
        sso_settings.require_whole(values.keys(), PREFIX)
        data_dir = values.setdefault("data_dir", Path("var").resolve())
        _make_private_folder(data_dir)
        values.setdefault("database_url", f"sqlite:///{data_dir / 'typo-reports.sqlite3'}")
        if "secret_key" not in values:
            values["secret_key"] = _kept_secret_key(data_dir)
        if "base_url" not in values:
            host, port = environ.get("HOST", "127.0.0.1"), environ.get("PORT", "8000")
            shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104
            values["base_url"] = f"http://{shown}:{port}"
        return cls(**values)


def _given(environ: Mapping[str, str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for variable, text in sorted(environ.items()):
        if not variable.startswith(PREFIX):
            continue
        name = variable.removeprefix(PREFIX)
        if name.endswith("_FILE") and name.removesuffix("_FILE") in VARIABLES:
            name, text = name.removesuffix("_FILE"), _file_content(variable, text)
        if name not in VARIABLES:
            raise SettingsError(f"{variable} is not a setting. Known: {_known_names()}.")
        if name.lower() in given:
            raise SettingsError(f"{PREFIX}{name} is given twice: also as {PREFIX}{name}_FILE.")
        given[name.lower()] = text
    return given


def _known_names() -> str:
    return ", ".join(PREFIX + name for name in sorted(VARIABLES))


def _file_content(variable: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{variable} names a file that can't be read: {error}.") from error


def _parsed(name: str, text: str) -> Any:
    variable = PREFIX + name.upper()
    try:
        return VARIABLES[name.upper()](text.strip())
    except ValueError as error:
        raise SettingsError(f"{variable} is malformed: {error}.") from error


def _make_private_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"{PREFIX}DATA_DIR {folder} can't be made or used: {error.strerror}."
        ) from error


def _kept_secret_key(data_dir: Path) -> str:
    path = data_dir / "secret-key"
    try:
        with path.open("x", encoding="utf-8") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    except OSError as error:
        raise SettingsError(f"{path} can't be written: {error.strerror}.") from error
    key = path.read_text(encoding="utf-8").strip()
    if len(key) < 32:
        raise SettingsError(f"{path} is damaged: delete it, and everybody signs in again.")
    return key


def _text(text: str) -> str:
    if not text:
        raise ValueError("it is empty")
    return text


def _folder(text: str) -> Path:
    return Path(_text(text)).expanduser().resolve()


def _secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError("it needs at least 32 characters")
    return text


def _url(*schemes: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes:
            expected = ", ".join(f"{scheme}://" for scheme in schemes)
            raise ValueError(f"it must begin with {expected}")
        if not parts.hostname:
            raise ValueError("it names no host")
        if parts.port == 0:
            raise ValueError("its port is not a number from 1 to 65535")
        return text.rstrip("/")

    return parse


def _base_url(text: str) -> str:
    url = _url("http", "https")(text)
    if urlsplit(url).path or urlsplit(url).query:
        raise ValueError("it is scheme, host and port only, such as https://desk.example")
    return url


def _service_url(text: str) -> str:
    url = _url("http", "https")(text)
    parts = urlsplit(url)
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("it is scheme, host, port and path only, such as http://127.0.0.1:8010")
    return url


def _database_url(text: str) -> str:
    if text.startswith("sqlite:///") and len(text) > len("sqlite:///"):
        return text
    if text.startswith("postgresql://"):
        text = "postgresql+psycopg://" + text.removeprefix("postgresql://")
    if text.startswith("postgresql+psycopg://"):
        return text
    raise ValueError("it must begin with sqlite:/// or postgresql+psycopg://")


def _address(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,255}", text):
        raise ValueError("it is not an e-mail address such as desk@paper.example")
    return text


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(
        ipaddress.ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip()
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _whole_number(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(f"it must be a whole number from {least} to {most}")
        return int(text)

    return parse


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(f"it must be one of {', '.join(choices)}")
        return text

    return parse


VARIABLES: dict[str, Callable[[str], Any]] = {
    "DATA_DIR": _folder,
    "DATABASE_URL": _database_url,
    "REDIS_URL": _url("redis", "rediss"),
    "BASE_URL": _base_url,
    "SECRET_KEY": _secret,
    "SMTP_URL": _url("smtp", "smtp+starttls", "smtps"),
    "MAIL_FROM": _address,
    "TRUSTED_PROXIES": _networks,
    "TRUSTED_HOSTS": _names,
    "METRICS_ADDRESSES": _networks,
    "PRIVATE_ORIGINS": _networks,
    "AKISMET_KEY": _text,
    "LANGUAGETOOL_URL": _service_url,
    "OIDC_ISSUER": sso_settings.checked_issuer,
    "OIDC_CLIENT_ID": _text,
    "OIDC_CLIENT_SECRET": _text,
    "OIDC_NAME": sso_settings.checked_label,
    "OIDC_ADMITS": sso_settings.checked_admissions,
    "OIDC_ONLY": sso_settings.yes_or_no,
    "RETENTION_DAYS": _whole_number(1, 36500),
    "REPORTS_PER_MINUTE": _whole_number(1, 1_000_000),
    "LETTERS_PER_HOUR": _whole_number(1, 1_000_000),
    "LOG_FORMAT": _one_of("text", "json"),
}
