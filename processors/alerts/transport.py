"""Where mails go: an SMTP server by smtplib, or a folder of .eml files."""

import contextlib
import ipaddress
import os
import smtplib
import socket
import ssl
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from processors.errors import ConfigError, MailError

TIMEOUT = 60.0  # seconds for an answer; RFC 5321, 4.5.3.2 wants minutes, but one slow server must not hold a task
_TLS_CHOICES = ("auto", "always", "never")
_HOW = (
    "write smtp://host:port (up to 65535), smtps://user:password@host or file:///folder; in the user, the password and "
    "the folder each of / ? # [ ] % that belongs to a name as its percent code, such as %23 for #"
)


class MailServerAway(MailError):
    """No mail can be sent for now, whichever it is: the server cannot be reached, or lets nobody in."""


class Transport(Protocol):
    """A way out for mails."""

    def send(self, mail_id: str, sender: str, recipient: str, message: bytes) -> str:
        """Sends one mail and returns the server's answer. Raises MailError, or MailServerAway."""

    def close(self) -> None:
        """Ends the connection."""


def open_transport(url: str) -> Transport:
    """The transport of `smtp://[user:password@]host[:port]`, `smtps://...` or `file:///folder`. After `?`:
    `starttls=auto|always|never` (auto: where the server offers it) and `cafile=PATH`. Raises ConfigError, which shows
    nothing of an address that cannot be taken apart: no one can tell where its password ends."""
    try:
        parts = urlsplit(url)
        port = parts.port
        options = _options(parts.query)
    except ValueError:
        raise ConfigError(f"smtp_url cannot be read; {_HOW}") from None
    if parts.scheme == "file":
        if parts.netloc not in {"", "localhost"}:
            raise ConfigError(f"smtp_url {url}: a folder is written with three slashes, file:///folder")
        if "?" in url or "#" in url:
            raise ConfigError(f"smtp_url {url}: {_HOW}")
        return Folder(Path(unquote(parts.path)))
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path.strip("/") or parts.fragment:
        raise ConfigError(f"smtp_url is none that can be used; {_HOW}")
    starttls = options.pop("starttls", "auto")
    cafile = options.pop("cafile", None)
    if options or starttls not in _TLS_CHOICES:
        raise ConfigError(f"smtp_url: after the ? only starttls={'|'.join(_TLS_CHOICES)} and cafile=PATH")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return SmtpServer(
        parts.hostname, port, tls=parts.scheme == "smtps", starttls=starttls, user=user, password=password,
        cafile=cafile,
    )  # fmt: skip


def _options(query: str) -> dict[str, str]:
    return {key: values[-1] for key, values in parse_qs(query, strict_parsing=True).items()} if query else {}


class Folder:
    """Writes each mail as a file named after its id: one that is written again takes its own place."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, mail_id: str, sender: str, recipient: str, message: bytes) -> str:
        """Writes the whole file or none."""
        target = self.path / f"{mail_id}.eml"
        part = self.path / f".{mail_id}.{os.getpid()}.part"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.write(message)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except OSError as error:
            raise MailServerAway(f"{self.path}: {error.strerror}") from error
        return f"written to {target}"

    def close(self) -> None:
        """Nothing is open."""


class SmtpServer:
    """One SMTP connection, opened when first needed and again when it was lost."""

    def __init__(
        self, host: str, port: int | None, *, tls: bool, starttls: str, user: str, password: str, cafile: str | None
    ) -> None:
        self.host, self.tls, self.starttls = host, tls, starttls
        self.port = port or (465 if tls else 587 if user else 25)
        self.user, self.password, self.cafile = user, password, cafile
        self._connection: smtplib.SMTP | None = None

    def send(self, mail_id: str, sender: str, recipient: str, message: bytes) -> str:
        """One mail to one recipient; the answer is the server's to the whole message."""
        connection = self._connected()
        try:
            return self._transaction(connection, sender, recipient, message)
        except smtplib.SMTPResponseException as error:
            raise self._refused(error.smtp_code, error.smtp_error) from error
        except UnicodeEncodeError as error:
            self._drop()
            if not sender.isascii():
                raise MailServerAway(f"{self._name}: the sender {sender!r} is not in ASCII") from error
            raise MailError(f"{self._name}: the address {recipient!r} is not in ASCII", retryable=False) from error
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise MailError(f"{self._name}: the connection was lost ({_words(error)})") from error
        except KeyboardInterrupt:
            self._drop()  # in the middle of a mail: to say goodbye would be to wait for the server's answer to it
            raise

    def close(self) -> None:
        """Says goodbye."""
        if self._connection is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._connection.quit()
        self._drop()

    @property
    def _name(self) -> str:
        return f"{self.host}:{self.port}"

    def _transaction(self, connection: smtplib.SMTP, sender: str, recipient: str, message: bytes) -> str:
        _expect(connection.mail(sender))
        _expect(connection.rcpt(recipient))
        code, answer = _expect(connection.data(message))
        return f"{code} {_text(answer)}"

    def _refused(self, code: int, answer: bytes | str) -> MailError:
        text = f"{self._name}: {code} {_text(answer)}"
        if code == 421 or code <= 0:  # the server closes the channel (RFC 5321, 3.8)
            self._drop()
            return MailError(text, code)
        if self._connection is not None:
            try:
                self._connection.rset()
            except (smtplib.SMTPException, OSError):
                self._drop()
        return MailError(text, code, retryable=code < 500)

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            try:
                self._connection = self._open()
            except (smtplib.SMTPException, OSError) as error:
                raise MailServerAway(f"{self._name}: {_words(error)}") from error
            except UnicodeEncodeError as error:
                text = f"{self._name}: the user or the password in smtp_url is not in ASCII, and no login takes another"
                raise MailServerAway(text) from error
        return self._connection

    def _open(self) -> smtplib.SMTP:
        name = "localhost" if _is_loopback(self.host) else socket.getfqdn()
        if self.tls:
            context = ssl.create_default_context(cafile=self.cafile)
            connection: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, name, timeout=TIMEOUT, context=context)
        else:
            connection = smtplib.SMTP(self.host, self.port, name, timeout=TIMEOUT)
        try:
            self._secure_and_log_in(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _secure_and_log_in(self, connection: smtplib.SMTP) -> None:
        connection.ehlo()
        if not self.tls and self.starttls != "never":
            self._start_tls(connection)
        if not self.user:
            return
        encrypted = isinstance(connection.sock, ssl.SSLSocket)
        if not encrypted and not _is_loopback(self.host):
            raise MailServerAway(f"{self._name}: offers no encryption, and a password is never sent without")
        connection.login(self.user, self.password)

    def _start_tls(self, connection: smtplib.SMTP) -> None:
        if connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context(cafile=self.cafile))
            connection.ehlo()
        elif self.starttls == "always":
            raise MailServerAway(f"{self._name}: does not offer STARTTLS, which smtp_url asks for")

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _expect(answered: tuple[int, bytes]) -> tuple[int, bytes]:
    if not 200 <= answered[0] < 300:
        raise smtplib.SMTPResponseException(*answered)
    return answered


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _text(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())[:500]


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    if isinstance(error, TimeoutError):
        return f"no answer within {TIMEOUT:.0f} seconds"
    return str(error) or type(error).__name__
