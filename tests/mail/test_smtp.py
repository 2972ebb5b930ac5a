"""Letters over real SMTP dialogues, with servers that behave and servers that don't."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.environment.mail_server import Certificate, MailServer, make_certificate
from tests.environment.servers import free_port
from tests.mail.odd_servers import Behaviour, dripping, odd_server, silent, talking
from tests.mail.posting import SENDER, letter, transport_to
from typo_reports.mail.outgoing import Outcome, Result, Transport, TransportError


@pytest.fixture
def transport(smtp_server: MailServer, tmp_path: Path) -> Iterator[Transport]:
    transport = transport_to(smtp_server.url, tmp_path)
    yield transport
    transport.close()


def test_a_letter_arrives_with_both_parts_and_its_own_message_id(
    smtp_server: MailServer, transport: Transport
) -> None:
    assert transport.send(letter()) == Outcome(Result.SENT)
    (delivery,) = smtp_server.deliveries
    assert (delivery.sender, delivery.recipients) == (SENDER, ["ann@gazette.example"])
    arrived = delivery.letter
    assert arrived["Subject"] == "The Harbour Gazette: 7 open cases, 3 new"
    assert arrived["From"] == f"Typo Reports <{SENDER}>"
    assert arrived["To"] == "ann@gazette.example"
    assert arrived["Message-ID"] == "<0198f0c2-7a10@desk.example>"
    assert arrived["Date"] == "Mon, 23 Nov 2026 12:00:00 +0000"
    assert arrived["Auto-Submitted"] == "auto-generated"
    plain, html = arrived.get_body(("plain",)), arrived.get_body(("html",))
    assert plain is not None and plain.get_content() == "Seven cases.\r\n"
    assert html is not None and html.get_content() == "<p>Seven cases.</p>"


def test_many_letters_go_over_one_connection(tmp_path: Path) -> None:
    with odd_server(talking()) as server:
        transport = transport_to(f"smtp://127.0.0.1:{server.port}", tmp_path)
        results = [transport.send(letter()).result for _ in range(5)]
        transport.close()
        assert results == [Result.SENT] * 5
        assert (server.connections, len(server.letters)) == (1, 5)


def test_after_close_the_next_letter_opens_a_connection(
    smtp_server: MailServer, transport: Transport
) -> None:
    transport.send(letter())
    transport.close()
    transport.close()
    assert transport.send(letter()).result is Result.SENT
    assert len(smtp_server.letters) == 2


def test_550_for_a_recipient_is_for_ever_and_the_next_letter_goes_out(
    smtp_server: MailServer, transport: Transport
) -> None:
    smtp_server.answer_to_recipient["ann@gazette.example"] = "550 5.1.1 no such mailbox"
    outcome = transport.send(letter())
    assert outcome == Outcome(Result.REFUSED, "The mail server answered 550 5.1.1 no such mailbox")
    assert transport.send(letter(recipient="bob@gazette.example")).result is Result.SENT


def test_451_for_a_recipient_is_for_now(smtp_server: MailServer, transport: Transport) -> None:
    smtp_server.answer_to_recipient["ann@gazette.example"] = "451 4.7.1 greylisted"
    outcome = transport.send(letter())
    assert outcome == Outcome(Result.LATER, "The mail server answered 451 4.7.1 greylisted")
    assert transport.send(letter(recipient="bob@gazette.example")).result is Result.SENT


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        ("554 5.7.1 looks like spam", Result.REFUSED),
        ("552 too large", Result.REFUSED),
        ("451 4.3.0 try again", Result.LATER),
        ("421 closing", Result.LATER),
    ],
)
def test_what_is_said_of_the_content_decides(
    smtp_server: MailServer, transport: Transport, answer: str, result: Result
) -> None:
    smtp_server.answer_to_letter = answer
    outcome = transport.send(letter())
    assert (outcome.result, outcome.may_have_arrived) == (result, False)
    smtp_server.answer_to_letter = "250 OK"
    assert transport.send(letter()).result is Result.SENT


def test_a_refused_connection_is_said_in_words(tmp_path: Path) -> None:
    outcome = transport_to(f"smtp://127.0.0.1:{free_port()}", tmp_path).send(letter())
    assert outcome == Outcome(Result.UNREACHABLE, "The mail server refused the connection.")


def test_a_host_that_does_not_exist_is_unreachable(tmp_path: Path) -> None:
    for host in ("no-such-host.invalid", "a..b.invalid"):
        assert transport_to(f"smtp://{host}", tmp_path).send(letter()).result is Result.UNREACHABLE


@pytest.mark.slow
@pytest.mark.parametrize("behaviour", [silent, dripping])
def test_a_server_that_keeps_us_waiting_is_left(tmp_path: Path, behaviour: Behaviour) -> None:
    with odd_server(behaviour) as server:
        transport = transport_to(
            f"smtp://127.0.0.1:{server.port}", tmp_path, timeout_seconds=0.5, deadline_seconds=1
        )
        begun = time.monotonic()
        outcome = transport.send(letter())
        assert outcome.result is Result.UNREACHABLE
        assert time.monotonic() - begun < 3


def test_a_server_that_hangs_up_after_its_250_has_the_letter(tmp_path: Path) -> None:
    with odd_server(talking(hang_up_after="content")) as server:
        transport = transport_to(f"smtp://127.0.0.1:{server.port}", tmp_path)
        assert transport.send(letter()) == Outcome(Result.SENT)
        transport.close()
        assert len(server.letters) == 1


def test_a_connection_that_went_stale_is_opened_anew_within_the_same_letter(
    tmp_path: Path,
) -> None:
    with odd_server(talking(hang_up_after="content")) as server:
        transport = transport_to(f"smtp://127.0.0.1:{server.port}", tmp_path)
        assert [transport.send(letter()).result for _ in range(3)] == [Result.SENT] * 3
        transport.close()
        assert (len(server.letters), server.connections) == (3, 3)


@pytest.mark.parametrize("command", ["mail", "rcpt", "data"])
def test_a_server_that_hangs_up_before_the_letter_gets_it_later(
    tmp_path: Path, command: str
) -> None:
    with odd_server(talking(hang_up_at=command)) as server:
        transport = transport_to(f"smtp://127.0.0.1:{server.port}", tmp_path)
        outcome = transport.send(letter())
        assert outcome.result is Result.LATER
        assert outcome.reason == "The mail server broke off the connection."
        assert server.letters == []


def test_a_letter_that_may_have_arrived_is_not_sent_again_at_once(tmp_path: Path) -> None:
    with odd_server(talking(hang_up_at="content")) as server:
        transport = transport_to(f"smtp://127.0.0.1:{server.port}", tmp_path)
        outcome = transport.send(letter())
        assert (outcome.result, outcome.may_have_arrived) == (Result.LATER, True)
        assert len(server.letters) == 1


def test_a_server_that_hangs_up_at_the_farewell_does_no_harm(tmp_path: Path) -> None:
    with odd_server(talking(hang_up_at="quit")) as server:
        transport = transport_to(f"smtp://127.0.0.1:{server.port}", tmp_path)
        assert transport.send(letter()).result is Result.SENT
        transport.close()


def test_starttls_with_a_trusted_certificate_delivers(
    smtp_server_with_starttls: MailServer, certificate: Certificate, tmp_path: Path
) -> None:
    transport = transport_to(smtp_server_with_starttls.url, tmp_path, trusted=certificate.path)
    assert transport.send(letter()).result is Result.SENT
    transport.close()
    assert len(smtp_server_with_starttls.letters) == 1


def test_tls_from_the_first_byte_with_a_trusted_certificate_delivers(
    smtp_server_with_tls: MailServer, certificate: Certificate, tmp_path: Path
) -> None:
    transport = transport_to(smtp_server_with_tls.url, tmp_path, trusted=certificate.path)
    assert transport.send(letter()).result is Result.SENT
    transport.close()


def test_ssl_cert_file_names_whom_to_trust(
    smtp_server_with_tls: MailServer,
    certificate: Certificate,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    transport = transport_to(smtp_server_with_tls.url, tmp_path)
    assert transport.send(letter()).result is Result.SENT
    transport.close()


@pytest.mark.parametrize("server", ["smtp_server_with_starttls", "smtp_server_with_tls"])
def test_an_untrusted_certificate_gets_no_letter(
    server: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    mail_server: MailServer = request.getfixturevalue(server)
    outcome = transport_to(mail_server.url, tmp_path).send(letter())
    assert outcome.result is Result.UNREACHABLE
    assert "certificate is not trusted" in outcome.reason
    assert mail_server.letters == []


def test_a_certificate_for_another_host_gets_no_letter(tmp_path: Path) -> None:
    from tests.environment.mail_server import running_mail_server

    other = make_certificate(tmp_path, name="other.example")
    with running_mail_server(tls=other.context) as server:
        url = server.url
        outcome = transport_to(url, tmp_path, trusted=other.path).send(letter())
    assert outcome.result is Result.UNREACHABLE
    assert "certificate is not trusted" in outcome.reason


def test_where_starttls_is_asked_for_and_not_offered_nothing_is_sent(
    smtp_server: MailServer, tmp_path: Path
) -> None:
    url = smtp_server.url.replace("smtp://", "smtp+starttls://")
    outcome = transport_to(url, tmp_path).send(letter())
    assert outcome.result is Result.UNREACHABLE
    assert "STARTTLS" in outcome.reason
    assert smtp_server.letters == []


def test_a_password_for_a_server_without_login_is_unreachable_not_lost(
    smtp_server: MailServer, tmp_path: Path
) -> None:
    url = smtp_server.url.replace("smtp://", "smtp://ann:p%40ss@")
    outcome = transport_to(url, tmp_path).send(letter())
    assert outcome.result is Result.UNREACHABLE


@pytest.mark.parametrize(
    "address", ["", "ann", "ann@", "@x.example", "a@b@c", "ann@x.example\r\nBcc: eve@x.example"]
)
def test_an_unusable_address_fails_alone(
    smtp_server: MailServer, transport: Transport, address: str
) -> None:
    assert transport.send(letter(recipient=address)).result is Result.REFUSED
    assert transport.send(letter()).result is Result.SENT
    assert len(smtp_server.letters) == 1


def test_a_host_in_another_script_is_written_in_ascii(
    smtp_server: MailServer, transport: Transport
) -> None:
    assert transport.send(letter(recipient="ann@bücher.example")).result is Result.SENT
    assert smtp_server.deliveries[0].recipients == ["ann@xn--bcher-kva.example"]


def test_a_check_sends_nothing_and_says_what_is_wrong(
    smtp_server: MailServer, transport: Transport, tmp_path: Path
) -> None:
    assert "answers" in transport.check()
    assert smtp_server.letters == []
    with pytest.raises(TransportError, match="refused the connection"):
        transport_to(f"smtp://127.0.0.1:{free_port()}", tmp_path).check()
