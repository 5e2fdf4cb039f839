"""Every error that Eventwire raises on purpose, in one tree.

`retryable` says whether the same call may go through later without anybody changing anything: stages
retry those with back-off, and park or report the others.
"""

import re
from datetime import datetime

# A password reaches up to the last @ before a blank or another URL; a number before a slash is a port.
_CREDENTIALS = re.compile(r"(://[^/\s:]*):(?!\d+[/?#])(?:(?!://)\S)*@")


def mask_secrets(text: str) -> str:
    """`text` with the password of every URL in it replaced by ***."""
    return _CREDENTIALS.sub(r"\1:***@", text)


class EventwireError(Exception):
    """The root of the tree. Its text is meant for a person: what, where, and what to do."""

    retryable = False

    def __str__(self) -> str:
        return mask_secrets(super().__str__())


class ConfigError(EventwireError):
    """A setting or a configuration file is wrong; the text names file, line and key."""


class QueryError(EventwireError):
    """A query cannot be understood; `position` is the character offset of the place, if known."""

    def __init__(self, message: str, query: str = "", position: int | None = None) -> None:
        super().__init__(message)
        self.query = query
        self.position = position


class FeedError(EventwireError):
    """A feed could not be fetched or read. `reason` is a short stable word, such as "dns" or "not_a_feed"."""

    def __init__(self, message: str, reason: str = "error", *, retryable: bool = True) -> None:
        super().__init__(message)
        self.reason = reason
        self.retryable = retryable


class ArticleError(FeedError):
    """An article's page could not be fetched or read."""


class FetchError(FeedError):
    """An HTTP request failed; `reason` names how (dns, tls, timeout, forbidden, not_found, gone, too_large, ...).

    `retry_at` is the time before which the server does not want to be asked again, where it said one.
    """

    def __init__(
        self, message: str, reason: str = "error", *, retryable: bool = True, retry_at: datetime | None = None
    ) -> None:
        super().__init__(message, reason, retryable=retryable)
        self.retry_at = retry_at


class CoderError(EventwireError):
    """The coder cannot work: a language without a pipeline, a broken lexicon."""


class DatabaseError(EventwireError):
    """The database cannot be reached or used."""

    retryable = True


class IndexUnavailable(EventwireError):
    """The search index does not answer for now; the backlog waits in the database."""

    retryable = True


class DocumentRejected(EventwireError):
    """The search index took the request and refused a document; the text holds the index's reason."""


class MailError(EventwireError):
    """A mail could not be sent; `code` is the SMTP answer, if there was one."""

    def __init__(self, message: str, code: int | None = None, *, retryable: bool = True) -> None:
        super().__init__(message)
        self.code = code
        self.retryable = retryable
