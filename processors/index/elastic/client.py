"""The connection to Elasticsearch, and its errors in our words."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from elastic_transport import TlsError
from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    BadRequestError,
    Elasticsearch,
    TransportError,
    UnsupportedProductError,
)

from processors.errors import ConfigError, EventwireError, IndexUnavailable, QueryError, mask_secrets
from processors.settings import IndexSettings

_UNAVAILABLE = frozenset({408, 429, 502, 503, 504})
_FLOOD = "flood-stage"


def connect(url: str, settings: IndexSettings) -> Elasticsearch:
    """A client for `url` (user and password may stand in it). Nothing is sent yet. Raises ConfigError for a URL that
    is none."""
    options: dict[str, Any] = {
        "request_timeout": settings.timeout,
        "max_retries": 3,
        "retry_on_timeout": True,
        "retry_on_status": (502, 503, 504),
    }
    if settings.ca_file:
        options["ca_certs"] = str(settings.ca_file)
    if settings.api_key:
        options["api_key"] = settings.api_key
    # It logs a stack trace for every try; what fails in the end is told in our own words, in one line.
    logging.getLogger("elastic_transport").setLevel(logging.ERROR)
    try:
        return Elasticsearch(url, **options)
    except ValueError as error:
        raise ConfigError(f"index_url {mask_secrets(url)!r}: {error}; write https://user:password@host:9200") from error


class Busy(IndexUnavailable):
    """The server takes no more for the moment."""


@contextmanager
def told(url: str) -> Iterator[None]:
    """Turns the client's errors into IndexUnavailable (the same call may go through later), ConfigError (somebody
    has to change something) or QueryError."""
    try:
        yield
    except (ApiError, TransportError, UnsupportedProductError) as error:
        raise explained(mask_secrets(url), error) from error


def explained(url: str, error: Exception) -> EventwireError:
    """`error` of the client as one of ours; `url` says where."""
    here = f"Elasticsearch at {url}"
    match error:
        case AuthenticationException():
            return ConfigError(f"{here} does not take this user and password, or API key (HTTP 401)")
        case UnsupportedProductError():
            return ConfigError(f"{here}: what answers there is no Elasticsearch")
        case TlsError():
            hint = "EVENTWIRE_INDEX__CA_FILE names the file of your own certificate authority"
            return ConfigError(f"{here}: its TLS certificate is not trusted ({error.message}); {hint}")
        case ApiError():
            return _of_answer(here, error)
    return IndexUnavailable(f"{here} does not answer: {getattr(error, 'message', error)}")


def _of_answer(here: str, error: ApiError) -> EventwireError:
    reason = reason_of(error.body.get("error") if isinstance(error.body, dict) else None) or str(error)
    if blocked := block_of(reason):
        return IndexUnavailable(f"{here} {blocked}")
    if isinstance(error, AuthorizationException):
        return ConfigError(f"{here}: this user may not do that (HTTP 403): {reason}")
    if error.status_code in _UNAVAILABLE:
        return Busy(f"{here} is overloaded or starting (HTTP {error.status_code}): {reason}")
    if isinstance(error, BadRequestError):
        return QueryError(f"{here} refuses the request: {reason}")
    return IndexUnavailable(f"{here}: HTTP {error.status_code}: {reason}")


def reason_of(error: Any) -> str:
    """The type and reason that Elasticsearch gives, with its cause, as one line."""
    if not isinstance(error, dict):
        return str(error or "")
    roots = error.get("root_cause") or [error]
    said = [f"{one.get('type')}: {one.get('reason')}" for one in (*roots[:1], error.get("caused_by")) if one]
    return "; ".join(dict.fromkeys(said))


def block_of(reason: str) -> str | None:
    """What keeps an index from being written, in words, where `reason` tells of a block."""
    if _FLOOD in reason:
        return "has too little disk left and has made its indices read-only (flood stage): free space or add a node"
    if "cluster_block_exception" in reason:
        return f"does not take writes for now: {reason.partition('cluster_block_exception: ')[2]}"
    return None
