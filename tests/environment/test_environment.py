from __future__ import annotations

import os
import smtplib
import ssl
import subprocess
import sys
import time
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import Engine, text

from tests.environment.mail_server import Certificate, MailServer
from tests.environment.programs import find_program
from tests.environment.servers import Account, free_port, guarded, is_listening

LETTER = "Subject: Hello\r\n\r\nWorld"


def test_each_test_has_a_migrated_database(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


@pytest.mark.parametrize("turn", [1, 2])
def test_no_test_sees_the_tables_of_another(engine: Engine, turn: int) -> None:
    with engine.connect().execution_options(typo_reports_writes=True) as connection:
        connection.execute(text("CREATE TABLE left_behind (id INTEGER)"))
        connection.commit()


def test_the_mail_server_records_what_it_accepts(smtp_server: MailServer) -> None:
    smtp_server.answer_to_recipient["nobody@example.org"] = "550 No such mailbox"
    with smtplib.SMTP(*_address(smtp_server)) as connection:
        refused = connection.sendmail(
            "a@example.org", ["b@example.org", "nobody@example.org"], LETTER
        )
    assert list(refused) == ["nobody@example.org"]
    assert smtp_server.deliveries[0].recipients == ["b@example.org"]
    assert smtp_server.letters[0]["Subject"] == "Hello"


def test_the_mail_server_can_refuse_a_letter(smtp_server: MailServer) -> None:
    smtp_server.answer_to_letter = "451 Later"
    with smtplib.SMTP(*_address(smtp_server)) as connection, pytest.raises(smtplib.SMTPDataError):
        connection.sendmail("a@example.org", ["b@example.org"], LETTER)
    assert smtp_server.letters == []


def test_starttls_is_refused_by_those_who_do_not_trust_it(
    smtp_server_with_starttls: MailServer, certificate: Certificate
) -> None:
    with smtplib.SMTP(*_address(smtp_server_with_starttls)) as connection:
        connection.starttls(context=ssl.create_default_context(cafile=certificate.path))
        connection.sendmail("a@example.org", ["b@example.org"], LETTER)
    with (
        smtplib.SMTP(*_address(smtp_server_with_starttls)) as connection,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        connection.starttls(context=ssl.create_default_context())
    assert len(smtp_server_with_starttls.letters) == 1


def test_tls_from_the_first_byte_is_spoken(
    smtp_server_with_tls: MailServer, certificate: Certificate
) -> None:
    trusting = ssl.create_default_context(cafile=certificate.path)
    with smtplib.SMTP_SSL(*_address(smtp_server_with_tls), context=trusting) as connection:
        connection.sendmail("a@example.org", ["b@example.org"], LETTER)
    assert len(smtp_server_with_tls.letters) == 1


@pytest.mark.redis
@pytest.mark.parametrize("turn", [1, 2])
def test_redis_is_empty_for_each_test(redis_url: str, turn: int) -> None:
    with Redis.from_url(redis_url) as connection:
        assert connection.keys() == []
        connection.set("left-behind", turn)


@pytest.mark.redis
def test_a_server_ends_with_the_one_who_started_it_even_if_that_is_killed() -> None:
    script = (
        "import sys, time\n"
        "from tests.environment.redis_server import running_redis\n"
        "with running_redis() as url:\n"
        "    print(url, flush=True)\n"
        "    time.sleep(60)\n"
    )
    starter = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    port = int(starter.stdout.readline().split(":")[2].split("/")[0])
    assert is_listening(port)
    starter.kill()
    starter.wait()
    starter.stdout.close()
    deadline = time.monotonic() + 20
    while is_listening(port) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_listening(port)


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    account = Account(os.geteuid(), os.getegid())
    command = ["sh", "-c", "echo no such luck; exit 3"]
    with (
        pytest.raises(RuntimeError, match="did not start"),
        guarded(command, account=account, folder=tmp_path, port=free_port()),
    ):
        pass


def test_nothing_listens_on_a_port_that_was_never_opened() -> None:
    assert not is_listening(1)


def test_a_program_in_a_named_folder_wins_over_the_path(tmp_path: Path) -> None:
    program = tmp_path / "sh"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert find_program(["sh"], folders=[tmp_path]) == program
    assert find_program(["a-program-that-nobody-has"]) is None


def _address(server: MailServer) -> tuple[str, int]:
    host, port = server.url.rpartition("://")[2].split(":")
    return host, int(port)
