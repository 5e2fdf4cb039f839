"""Nine kinds of hostile server, each of which ends in its own named error, soon, and with flat memory."""

import asyncio
import gzip
import resource
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from socket import socket

import pytest

from processors.errors import FetchError
from processors.feeds.parsing import parse_feed
from processors.fetch import Client, Response
from processors.settings import Settings, load_settings
from tests.fetch.serving import Answer, Asked, Site, serve, serve_raw

CAP = 2_000_000
MOST_MEMORY = 60_000_000  # bytes that this process may grow by


@pytest.fixture
def settings() -> Settings:
    """Settings that may fetch from this machine, within 2 s."""
    return load_settings({"EVENTWIRE_ALLOW_PRIVATE_ADDRESSES": "1", "EVENTWIRE_FETCH__TIMEOUT": "2"})


@pytest.fixture
def outside() -> Settings:
    """Settings to which 127.0.0.2 stands for a public address, and all else on this machine is private."""
    return load_settings({"EVENTWIRE_FETCH__TIMEOUT": "2", "EVENTWIRE_FETCH__ALLOW_NETWORKS": "[127.0.0.2/32]"})


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        yield running


def fetch(settings: Settings, url: str, **how: object) -> Response:
    async def run() -> Response:
        async with Client(settings, resolve=how.pop("resolve", None)) as client:  # type: ignore[arg-type]
            return await client.get(url, kind="feed", max_bytes=CAP)

    return asyncio.run(run())


def reason(settings: Settings, url: str, **how: object) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(settings, url, **how)
    return caught.value.reason


@pytest.fixture(autouse=True)
def flat_memory() -> Iterator[None]:
    """Holds every test to MOST_MEMORY, server and all: by what Python allocates, counted anew each time, and by the
    process's peak, which an earlier test may have raised, but which knows what libraries allocate as well."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < MOST_MEMORY


def talking(head: bytes, repeated: bytes, pause: float = 0.0) -> Callable[[socket], None]:
    def talk(connection: socket) -> None:
        connection.sendall(head)
        until = time.monotonic() + 15
        while time.monotonic() < until:
            connection.sendall(repeated)
            time.sleep(pause)

    return talk


def test_a_bomb_ends_at_the_cap(settings: Settings) -> None:
    compressor = zlib.compressobj(9, wbits=31)
    bomb = b"".join(compressor.compress(bytes(1_000_000)) for _ in range(500)) + compressor.flush()
    with serve() as site:
        site.routes["/bomb"] = Answer(bomb, headers={"Content-Encoding": "gzip"})
        assert reason(settings, f"{site.base}/bomb") == "bomb"


def test_a_slow_drip_ends_at_the_time_cap(settings: Settings) -> None:
    with serve_raw(talking(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n", b" ", 0.2)) as url:
        assert reason(settings, url) == "too_slow"


def test_endless_redirects_end(settings: Settings, site: Site) -> None:
    def further(request: Asked) -> Answer:
        return Answer(status=302, headers={"Location": f"/{len(request.path) * 'x'}"})

    site.routes |= {f"/{'x' * n}": further for n in range(20)}
    assert reason(settings, f"{site.base}/") == "redirects"
    assert len(site.asked) == settings.fetch.max_redirects + 1


@pytest.mark.parametrize("target", ["http://127.0.0.1:{port}/", "http://[::ffff:127.0.0.1]:{port}/"])
def test_a_redirect_to_this_machine_is_not_followed(outside: Settings, target: str) -> None:
    with serve("127.0.0.1") as inside, serve("127.0.0.2") as public:
        port = inside.base.rpartition(":")[2]
        public.routes["/feed"] = Answer(status=302, headers={"Location": target.format(port=port)})
        assert reason(outside, f"{public.base}/feed") == "blocked_address"
        assert inside.asked == []


def test_a_name_that_leads_inside_the_next_time_it_is_asked_for_gains_nothing(outside: Settings) -> None:
    answers = iter([["127.0.0.2"], ["127.0.0.1"]])

    async def changing(host: str, port: int) -> list[str]:
        return next(answers)

    with serve("127.0.0.2") as public:
        port = public.base.rpartition(":")[2]
        public.routes["/feed"] = Answer(status=302, headers={"Location": "/again", "Connection": "close"})
        assert reason(outside, f"http://news.example:{port}/feed", resolve=changing) == "blocked_address"


def test_a_name_is_resolved_once_for_a_connection(settings: Settings, site: Site) -> None:
    asked: list[str] = []

    async def counting(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    site.routes["/feed"] = Answer(b"<rss/>")
    port = site.base.rpartition(":")[2]
    assert fetch(settings, f"http://news.example:{port}/feed", resolve=counting).status == 200
    assert asked == ["news.example"]


@pytest.mark.parametrize("head", [b"Content-Length: 1000000000\r\n\r\n", b"\r\n"])
def test_a_gigabyte_is_not_read(settings: Settings, head: bytes) -> None:
    with serve_raw(talking(b"HTTP/1.1 200 OK\r\n" + head, b"a" * 65_536)) as url:
        assert reason(settings, url) == "too_large"


def test_endless_headers_end(settings: Settings) -> None:
    with serve_raw(talking(b"HTTP/1.1 200 OK\r\n", b"X-Header: and another one\r\n" * 500)) as url:
        assert reason(settings, url) == "headers_too_large"


def test_an_entity_bomb_is_refused_before_it_is_parsed(settings: Settings, site: Site) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    channel = "<channel><title>&e9;</title></channel>"
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{levels}]><rss>{channel}</rss>'
    site.routes["/feed"] = Answer(bomb.encode())
    body = fetch(settings, f"{site.base}/feed").body
    with pytest.raises(Exception, match="entities") as caught:
        parse_feed(body, "text/xml", site.base)
    assert caught.value.reason == "xml_entities"  # type: ignore[attr-defined]


OUTSIDE = '<!ENTITY x SYSTEM "file:///etc/passwd">'
OUTSIDE_DTD = '<!ENTITY % x SYSTEM "http://evil.example/x.dtd">'
LONG = f'<!ENTITY x "{"a" * 5000}">'


@pytest.mark.parametrize("declaration", [OUTSIDE, OUTSIDE_DTD, LONG])
def test_outside_and_long_entities_are_refused_also_in_utf_16(declaration: str) -> None:
    document = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE rss [{declaration}]><rss><channel/></rss>'
    with pytest.raises(Exception, match="entities"):
        parse_feed(document.encode("utf-16"), "text/xml", "http://news.example/")


def test_deflate_that_is_something_else_is_told(settings: Settings, site: Site) -> None:
    site.routes["/plain"] = Answer(b"<rss version='2.0'>" * 10, headers={"Content-Encoding": "deflate"})
    site.routes["/gzip"] = Answer(gzip.compress(b"<rss/>"), headers={"Content-Encoding": "deflate"})
    site.routes["/brotli"] = Answer(b"\x0b\x02\x80<rss/>\x03", headers={"Content-Encoding": "br"})
    site.routes["/cut"] = Answer(gzip.compress(bytes(range(256)) * 40)[:-20], headers={"Content-Encoding": "gzip"})
    for path in site.routes:
        assert reason(settings, site.base + path) == "bad_encoding", path


def test_deflate_with_and_without_its_wrapper_is_read(settings: Settings, site: Site) -> None:
    raw = zlib.compressobj(wbits=-15)
    site.routes["/zlib"] = Answer(zlib.compress(b"<rss/>"), headers={"Content-Encoding": "deflate"})
    site.routes["/raw"] = Answer(raw.compress(b"<rss/>") + raw.flush(), headers={"Content-Encoding": "deflate"})
    for path in site.routes:
        assert fetch(settings, site.base + path).body == b"<rss/>", path
