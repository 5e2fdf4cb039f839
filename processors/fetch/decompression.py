"""Decompression with a bound: a body ends at the cap, however small it was on the wire."""

import zlib
from typing import Protocol

from processors.errors import FetchError

ACCEPTED = "gzip, deflate"  # nothing else: brotli and zstd cannot be bounded from here
_GZIP_WINDOW, _ZLIB_WINDOW, _RAW_WINDOW = 31, 15, -15  # zlib's wbits


class Decoder(Protocol):
    """Turns the chunks of a body into what they stand for."""

    def feed(self, chunk: bytes) -> bytes:
        """What `chunk` adds. Raises FetchError: "bad_encoding", "bomb"."""

    def end(self) -> None:
        """Says that all has been fed. Raises FetchError "bad_encoding" where the body is cut off."""


def decoder_for(encoding: str, cap: int) -> Decoder:
    """The decoder for a Content-Encoding, giving at most `cap` bytes in all. Raises FetchError "bad_encoding"."""
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return _Plain()
    if name in {"gzip", "x-gzip"}:
        return _Inflate(cap, _GZIP_WINDOW)
    if name == "deflate":
        return _Inflate(cap, _ZLIB_WINDOW)
    raise FetchError(f"the server used the encoding {name!r}, which was not offered", "bad_encoding")


class _Plain:
    def feed(self, chunk: bytes) -> bytes:
        return chunk

    def end(self) -> None:
        return None


class _Inflate:
    def __init__(self, cap: int, window: int) -> None:
        self._left = cap
        self._window = window
        self._inflate = zlib.decompressobj(window)
        self._started = False

    def feed(self, chunk: bytes) -> bytes:
        out = self._decompress(chunk)
        self._left -= len(out)
        if self._left < 0:
            raise FetchError("the body grows beyond the cap when it is decompressed", "bomb", retryable=False)
        return out

    def _decompress(self, chunk: bytes) -> bytes:
        out = b""
        while chunk and len(out) <= self._left:
            try:
                out += self._inflate.decompress(chunk, self._left + 1 - len(out))
            except zlib.error as error:
                out += self._as_raw(chunk, error)
            self._started = True
            chunk = self._inflate.unconsumed_tail or self._next_member()
        return out

    def _as_raw(self, chunk: bytes, error: zlib.error) -> bytes:
        # RFC 9110 8.4.1.2: some servers send "deflate" without its zlib wrapper.
        if self._window != _ZLIB_WINDOW or self._started:
            raise FetchError(f"the body is not what its Content-Encoding says ({error})", "bad_encoding") from error
        self._window = _RAW_WINDOW
        self._inflate = zlib.decompressobj(_RAW_WINDOW)
        try:
            return self._inflate.decompress(chunk, self._left + 1)
        except zlib.error as inner:
            raise FetchError(f"the body is not what its Content-Encoding says ({inner})", "bad_encoding") from inner

    def _next_member(self) -> bytes:
        # A gzip body may be several members, one after the other (RFC 1952 2.2); zero padding after it is ignored.
        rest = self._inflate.unused_data.lstrip(b"\0") if self._inflate.eof else b""
        if rest and self._window == _GZIP_WINDOW:
            self._inflate = zlib.decompressobj(_GZIP_WINDOW)
            return rest
        return b""

    def end(self) -> None:
        if self._started and not self._inflate.eof:
            raise FetchError("the compressed body is cut off", "bad_encoding")
