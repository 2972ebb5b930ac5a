"""A real SMTP server on loopback that records letters and can be told to misbehave."""

from __future__ import annotations

import contextlib
import datetime
import email
import email.policy
import ipaddress
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.environment.servers import free_port

OK = "250 OK"


@dataclass(frozen=True)
class Delivery:
    """One accepted letter: the envelope as it was said, and the letter as it came."""

    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def letter(self) -> EmailMessage:
        """The letter, parsed."""
        parsed = email.message_from_bytes(self.raw, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@dataclass
class MailServer:
    """What came in, and what to answer. `url` is ready for TYPO_REPORTS_SMTP_URL."""

    url: str = ""
    deliveries: list[Delivery] = field(default_factory=list)
    # An answer per address ("550 no such mailbox"); others are accepted.
    answer_to_recipient: dict[str, str] = field(default_factory=dict)
    # The answer to the end of DATA; a letter is recorded only if it begins with 2.
    answer_to_letter: str = OK

    @property
    def letters(self) -> list[EmailMessage]:
        """The accepted letters, oldest first."""
        return [delivery.letter for delivery in self.deliveries]

    async def handle_RCPT(  # noqa: N802 (the name is aiosmtpd's)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept or refuse one recipient."""
        answer = self.answer_to_recipient.get(address, OK)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 (the name is aiosmtpd's)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Accept or refuse one letter."""
        if self.answer_to_letter.startswith("2"):
            content = envelope.content
            assert isinstance(content, bytes)
            recipients = [str(address) for address in envelope.rcpt_tos]
            self.deliveries.append(Delivery(str(envelope.mail_from), recipients, content))
        return self.answer_to_letter


@dataclass(frozen=True)
class Certificate:
    """A certificate for localhost that vouches for itself; trust `path` to accept it."""

    path: Path
    context: ssl.SSLContext


def make_certificate(folder: Path, *, name: str = "localhost") -> Certificate:
    """Write a self-signed certificate for `name` and 127.0.0.1 to `folder`."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names = [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    today = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path, key_path = folder / f"{name}.pem", folder / f"{name}.key"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path, key_path)
    return Certificate(path, context)


@contextlib.contextmanager
def running_mail_server(
    *, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[MailServer]:
    """Yield a server: plain, with STARTTLS offered, or TLS from the first byte."""
    server = MailServer()
    port = free_port()
    controller = Controller(
        server, hostname="127.0.0.1", port=port, ssl_context=tls, tls_context=starttls
    )
    controller.start()
    scheme = "smtps" if tls else "smtp+starttls" if starttls else "smtp"
    # A certificate names the host: say "localhost" where one is checked.
    host = "localhost" if tls or starttls else "127.0.0.1"
    server.url = f"{scheme}://{host}:{port}"
    try:
        yield server
    finally:
        controller.stop()
