"""Every way in which a request fails, under a short stable name.

Names: bad_url, blocked_address, dns, dns_temporary, connect, tls, timeout, too_slow, protocol, headers_too_large,
too_large, bomb, bad_encoding, redirects, unauthorized, forbidden, bot_wall, robots, not_found, gone, rate_limited,
server_error, http_status, host_paused.
"""

import re
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from processors.errors import FetchError

# What the pages of bot protections say of themselves, in a short answer with an error status.
_WALLS = (
    b"cf-chl", b"challenge-platform", b"Just a moment...", b"px-captcha", b"captcha-delivery", b"_Incapsula_Resource",
    b"Access Denied", b"Request unsuccessful", b"/_sec/cp_challenge", b"are you a robot",
)  # fmt: skip


def from_httpx(error: httpx.HTTPError, host: str) -> FetchError:
    """The FetchError for what httpx raised at `host`."""
    cause = _tls_cause(error)
    if cause is not None:
        reason = getattr(cause, "verify_message", None) or cause.reason or cause
        return FetchError(f"{host}: no secure connection ({reason})", "tls")
    if isinstance(error, httpx.TimeoutException):
        return FetchError(f"{host} did not answer in time", "timeout")
    if "too long" in str(error).lower() or "receive buffer" in str(error).lower():
        return FetchError(f"{host} sends headers without end", "headers_too_large")
    if isinstance(error, httpx.ConnectError):
        return FetchError(f"{host} refuses the connection or cannot be reached ({error})", "connect")
    return FetchError(f"{host} broke off or does not speak HTTP ({error or type(error).__name__})", "protocol")


def _tls_cause(error: BaseException) -> ssl.SSLError | None:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError):
            return seen
        seen = seen.__cause__ or seen.__context__
    return None


def from_status(status: int, host: str, body: bytes, retry_at: datetime | None) -> FetchError:
    """The FetchError for an answer that is neither a success nor a redirect."""
    named = {401: "unauthorized", 404: "not_found", 410: "gone", 429: "rate_limited"}
    if status in {403, 429, 503} and any(sign in body[:20_000] for sign in _WALLS):
        return FetchError(f"{host} answers {status}: a wall against programs", "bot_wall", retry_at=retry_at)
    if status in {402, 403, 451}:
        return FetchError(f"{host} answers {status}: forbidden", "forbidden", retryable=False)
    if status in named:
        retryable = status == 429
        return FetchError(f"{host} answers {status}", named[status], retryable=retryable, retry_at=retry_at)
    reason = "server_error" if status >= 500 else "http_status"
    return FetchError(f"{host} answers {status}", reason, retryable=status >= 500, retry_at=retry_at)


def retry_after(value: str | None, at: datetime) -> datetime | None:
    """The time that a Retry-After header names, as seconds or as a date (RFC 9110 10.2.3); None where it names none."""
    if not value:
        return None
    if re.fullmatch("[0-9]+", value.strip()):
        return at + timedelta(seconds=min(int(value.strip()[:9]), 10**6))
    try:
        found = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
