"""A real SMTP server that can be as difficult as real ones: STARTTLS, login, 451, 550, a cut after DATA, a pause."""

import asyncio
import datetime
import ipaddress
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.alerts.conftest import read_mail

USER, PASSWORD = "ew@example.org", "p:a/s s"


class Inbox:
    """What the server took, and how it behaves. Counts are of DATA commands, from 1."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.data_commands = 0
        self.refuse_every = 0
        self.cut_at: set[int] = set()
        self.pause_at: dict[int, float] = {}
        self.unknown: set[str] = set()
        self.logins = 0

    def mails(self) -> list[EmailMessage]:
        return [read_mail(content) for content in self.taken]

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if address in self.unknown:
            return "550 5.1.1 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.data_commands += 1
        number = self.data_commands
        if self.refuse_every and number % self.refuse_every == 0:
            return "451 4.7.1 try again later"
        await asyncio.sleep(self.pause_at.get(number, 0))
        self.taken.append(bytes(envelope.content or b""))
        if number in self.cut_at:
            server.transport.abort()  # taken, but the client never learns
        return f"250 2.0.0 queued as {number}"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        self.logins += 1
        good = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
        return AuthResult(success=good, handled=good)


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A self-signed certificate of 127.0.0.1, and the server's side of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    day, now = datetime.timedelta(days=1), datetime.datetime.now(datetime.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "cert.pem", folder / "key.pem"
    public.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)
    return public, context


class MailServer:
    """The server on a free port of the loopback. `secure`: STARTTLS and login are required."""

    def __init__(self, inbox: Inbox, folder: Path, *, secure: bool = False, port: int = 0) -> None:
        options: dict[str, Any] = {}
        self.cafile = None
        if secure:
            self.cafile, context = certificate(folder)
            options = {"tls_context": context, "require_starttls": True}
            options |= {"authenticator": inbox.authenticate, "auth_required": True, "auth_require_tls": True}
        self.controller = _Controller(inbox, hostname="127.0.0.1", port=port, **options)
        self.controller.start()
        self.port = self.controller.server.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        if self.cafile is None:
            return f"smtp://127.0.0.1:{self.port}"
        return f"smtp://ew%40example.org:p%3Aa%2Fs%20s@127.0.0.1:{self.port}?starttls=always&cafile={self.cafile}"

    def stop(self) -> None:
        self.controller.stop()


class _Controller(Controller):
    def _trigger_server(self) -> None:
        # aiosmtpd connects to the port that it was given; with 0 that is not the one that it has.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
