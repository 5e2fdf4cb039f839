import asyncio
import base64
import ipaddress
import math
import ssl
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from processors.errors import DatabaseError, FetchError
from processors.fetch import Client, MemoryHosts
from processors.fetch.addresses import is_allowed
from processors.fetch.failures import retry_after
from processors.fetch.together import Together
from processors.settings import Settings, load_settings
from tests.fetch.serving import Answer, Asked, Site, serve, serve_raw


@pytest.fixture
def settings() -> Settings:
    environment = {
        "EVENTWIRE_ALLOW_PRIVATE_ADDRESSES": "1",
        "EVENTWIRE_FETCH__TIMEOUT": "2",
        "EVENTWIRE_FETCH__CONTACT": "https://watch.example/contact",
    }
    return load_settings(environment)


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        yield running


def using(settings: Settings, work: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with Client(settings, MemoryHosts()) as client:
            return await work(client)

    return asyncio.run(run())


def reason(settings: Settings, url: str, kind: str = "feed") -> str:
    with pytest.raises(FetchError) as caught:
        using(settings, lambda client: client.get(url, kind=kind))
    return caught.value.reason


def test_the_program_names_itself_and_its_contact_and_offers_only_what_it_can_bound(
    settings: Settings, site: Site
) -> None:
    site.routes["/feed"] = Answer(b"<rss/>")
    using(settings, lambda client: client.get(f"{site.base}/feed", kind="feed"))
    sent = site.asked[0].headers
    assert sent["user-agent"].startswith("Eventwire/")
    assert "+https://watch.example/contact" in sent["user-agent"]
    assert sent["accept-encoding"] == "gzip, deflate"


def test_cookies_are_not_kept(settings: Settings, site: Site) -> None:
    site.routes["/a"] = Answer(status=302, headers={"Location": "/b", "Set-Cookie": "who=me"})
    site.routes["/b"] = Answer(b"b")
    using(settings, lambda client: client.get(f"{site.base}/a", kind="feed"))
    assert [request.path for request in site.asked] == ["/a", "/b"]
    assert "cookie" not in site.asked[1].headers


def test_credentials_stay_with_the_origin_that_they_were_meant_for(settings: Settings, site: Site) -> None:
    with serve("127.0.0.2") as other:
        other.routes["/feed"] = Answer(b"<rss/>")
        site.routes["/same"] = Answer(status=302, headers={"Location": "/away"})
        site.routes["/away"] = Answer(status=302, headers={"Location": f"{other.base}/feed"})
        address = site.base.replace("http://", "http://reader:secret@")
        using(settings, lambda client: client.get(f"{address}/same", kind="feed"))
        expected = "Basic " + base64.b64encode(b"reader:secret").decode()
        assert [request.headers.get("authorization") for request in site.asked] == [expected, expected]
        assert "authorization" not in other.asked[0].headers


@pytest.mark.parametrize(
    ("statuses", "permanent"), [((301, 308), True), ((301, 302), False), ((302, 301), False), ((307,), False)]
)  # fmt: skip
def test_only_a_chain_of_permanent_redirects_is_a_move(
    settings: Settings, site: Site, statuses: tuple[int, ...], permanent: bool
) -> None:
    for number, status in enumerate(statuses):
        site.routes[f"/{number}"] = Answer(status=status, headers={"Location": f"/{number + 1}"})
    last = f"/{len(statuses)}"
    site.routes[last] = Answer(b"<rss/>")
    response = using(settings, lambda client: client.get(f"{site.base}/0", kind="feed"))
    assert response.final_url == site.base + last
    moved = site.base + last if permanent else None
    assert (response.permanent_redirect if permanent else None) == moved


def test_robots_txt_is_honoured_for_pages_asked_once_and_not_used_for_feeds(settings: Settings, site: Site) -> None:
    site.routes["/robots.txt"] = Answer(
        b"User-agent: *\nDisallow: /private/\n\nUser-agent: Eventwire\nDisallow: /shop/\n"
    )
    site.routes |= {path: Answer(b"<html>") for path in ("/private/a", "/news/b", "/shop/c")}

    async def work(client: Client) -> list[str]:
        results = []
        for path, kind in (("/private/a", "page"), ("/news/b", "page"), ("/shop/c", "page"), ("/shop/c", "feed")):
            try:
                await client.get(site.base + path, kind=kind)  # type: ignore[arg-type]
                results.append("read")
            except FetchError as error:
                results.append(error.reason)
        return results

    assert using(settings, work) == ["read", "read", "robots", "read"]
    assert [request.path for request in site.asked].count("/robots.txt") == 1


def test_without_a_robots_txt_everything_may_be_read_and_a_server_error_means_later(
    settings: Settings, site: Site
) -> None:
    site.routes["/news"] = Answer(b"<html>")
    assert using(settings, lambda client: client.get(f"{site.base}/news")).status == 200
    site.routes["/robots.txt"] = Answer(status=500)
    assert reason(settings, f"{site.base}/news", "page") == "server_error"


@pytest.mark.parametrize(
    "url", ["ftp://news.example/", "file:///etc/passwd", "gopher://x/", "news.example", "http://", ""]
)
def test_only_web_addresses_are_fetched(settings: Settings, url: str) -> None:
    assert reason(settings, url) == "bad_url"


@pytest.mark.parametrize(
    ("host", "may_be"),
    [
        (".".join(["a" * 61] * 4), True),  # 247 characters
        (".".join(["a" * 61] * 4) + ":65535", True),
        (".".join(["a" * 61] * 5), False),
        ("a" * 63 + ".invalid", True),
        ("a" * 64 + ".invalid", False),
        ("ü" * 60 + ".invalid", False),
    ],
)
def test_a_host_with_a_name_longer_than_any_can_be_is_no_address(settings: Settings, host: str, may_be: bool) -> None:
    assert (reason(settings, f"http://{host}/") != "bad_url") is may_be


def test_a_redirect_to_another_scheme_is_not_followed(settings: Settings, site: Site) -> None:
    site.routes["/feed"] = Answer(status=302, headers={"Location": "file:///etc/passwd"})
    assert reason(settings, f"{site.base}/feed") == "bad_url"


def test_an_unknown_host_a_refused_connection_and_a_server_without_tls_are_told_apart(
    settings: Settings, site: Site
) -> None:
    assert reason(settings, "http://nowhere.invalid/feed") in {"dns", "dns_temporary"}
    assert reason(settings, site.base.replace("http:", "https:")) in {"tls", "protocol"}
    with serve() as gone:
        pass
    assert reason(settings, gone.base) == "connect"


def test_a_host_that_asks_for_time_is_left_alone_by_all_requests(settings: Settings, site: Site) -> None:
    site.routes["/a"] = Answer(status=429, headers={"Retry-After": "3600"})
    site.routes["/b"] = Answer(b"<rss/>")

    async def work(client: Client) -> tuple[FetchError, FetchError]:
        errors = []
        for path in ("/a", "/b"):
            with pytest.raises(FetchError) as caught:
                await client.get(site.base + path, kind="feed")
            errors.append(caught.value)
        return errors[0], errors[1]

    first, second = using(settings, work)
    assert (first.reason, second.reason) == ("rate_limited", "host_paused")
    assert second.retry_at is not None
    assert timedelta(minutes=55) < second.retry_at - datetime.now(UTC) <= timedelta(hours=1)
    assert site.paths() == ["/a"]


def test_retry_after_is_read_as_seconds_and_as_a_date() -> None:
    at = datetime(2025, 11, 10, 8, 0, tzinfo=UTC)
    assert retry_after("120", at) == at + timedelta(minutes=2)
    assert retry_after("Mon, 10 Nov 2025 09:30:00 GMT", at) == datetime(2025, 11, 10, 9, 30, tzinfo=UTC)
    assert retry_after("soon", at) is None
    assert retry_after(None, at) is None


def test_a_wall_against_programs_is_told_apart_from_a_plain_refusal(settings: Settings, site: Site) -> None:
    site.routes["/wall"] = Answer(b"<title>Just a moment...</title>", 403)
    site.routes["/no"] = Answer(b"members only", 403)
    assert reason(settings, f"{site.base}/wall") == "bot_wall"
    assert reason(settings, f"{site.base}/no") == "forbidden"


def test_at_most_two_requests_are_under_way_at_one_host(settings: Settings, site: Site) -> None:
    import threading
    import time

    under_way, most, lock = [0], [0], threading.Lock()

    def slow(_: Asked) -> Answer:
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        time.sleep(0.05)
        with lock:
            under_way[0] -= 1
        return Answer(b"<rss/>")

    site.routes |= {f"/{n}": slow for n in range(8)}

    async def work(client: Client) -> None:
        await asyncio.gather(*(client.get(f"{site.base}/{n}", kind="feed") for n in range(8)))

    using(settings, work)
    assert most[0] == 2


PUBLIC = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
PRIVATE = ["127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.3.4", "::1", "fd00::1", "::ffff:10.0.0.1", "100.64.0.1"]
WRAPPED = [
    "fec0::1",
    "64:ff9b:1::7f00:1",
    "::ffff:0:7f00:1",
    "3fff::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::127.0.0.1",
    "2001:0:7f00:1::",
]
NEVER = ["169.254.169.254", "fe80::1", "fe80::1%eth0", "0.0.0.0", "::", "224.0.0.1", "ff02::1", "168.63.129.16",
         "::ffff:169.254.169.254"]  # fmt: skip


def test_public_addresses_are_allowed_and_others_are_not() -> None:
    assert [address for address in PUBLIC if not is_allowed(address)] == []
    assert [address for address in [*PRIVATE, *WRAPPED, *NEVER] if is_allowed(address)] == []


def test_private_addresses_can_be_allowed_but_metadata_and_multicast_never() -> None:
    assert [address for address in PRIVATE[:-1] if not is_allowed(address, allow_private=True)] == []
    assert [address for address in NEVER if is_allowed(address, allow_private=True)] == []


def test_a_certificate_that_nobody_vouches_for_is_a_tls_error(settings: Settings, tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serve_raw(lambda connection: context.wrap_socket(connection, server_side=True), read_first=False) as url:
        assert reason(settings, url.replace("http:", "https:")) == "tls"


def self_signed(folder: Path) -> tuple[Path, Path]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "turmbote.example")])
    at = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(at - timedelta(days=1)).not_valid_after(at + timedelta(days=1))
    certificate = builder.sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(private)
    return folder / "cert.pem", folder / "key.pem"


def test_a_listed_network_may_be_fetched_from_even_if_it_is_neither_private_nor_public() -> None:
    networks = [ipaddress.ip_network("100.64.0.0/10")]
    assert is_allowed("100.64.0.1", networks=networks)
    assert not is_allowed("100.64.0.1")
    assert not is_allowed("169.254.169.254", networks=[ipaddress.ip_network("0.0.0.0/0")])


def test_a_tag_that_no_header_can_hold_is_not_sent(settings: Settings, site: Site) -> None:
    site.routes["/feed"] = Answer(b"<rss/>")
    using(settings, lambda client: client.get(f"{site.base}/feed", etag='"café"', last_modified="März", kind="feed"))
    assert not {"if-none-match", "if-modified-since"} & set(site.asked[0].headers)


def test_a_robots_txt_that_cannot_be_had_is_asked_for_once_and_not_by_each_in_turn(
    settings: Settings, site: Site
) -> None:
    site.routes["/robots.txt"] = Answer(status=500)

    async def work(client: Client) -> list[str]:
        many = (client.get(f"{site.base}/news/{number}") for number in range(5))
        return [error.reason for error in await asyncio.gather(*many, return_exceptions=True)]  # type: ignore[union-attr]

    assert using(settings, work) == ["server_error"] * 5
    assert len(site.asked) == 1


def test_a_wait_in_other_digits_or_too_many_is_no_error() -> None:
    at = datetime(2025, 11, 10, tzinfo=UTC)
    assert retry_after("²", at) is None
    assert retry_after("9" * 5_000, at) == at + timedelta(seconds=10**6)
    assert retry_after("Mon, 10 Nov 2025 09:30:00 +99999999999999999999", at) is None


def test_a_robots_txt_is_kept_without_what_no_database_takes(settings: Settings, site: Site) -> None:
    site.routes |= {"/robots.txt": Answer(b"User-agent: *\0\nDisallow: /shop\0"), "/news": Answer(b"<html>")}
    hosts = MemoryHosts()

    async def run() -> None:
        async with Client(settings, hosts) as client:
            await client.get(f"{site.base}/news")

    asyncio.run(run())
    kept = hosts.robots(site.base.removeprefix("http://"))
    assert kept is not None
    assert kept.text == "User-agent: *\nDisallow: /shop"


def together(function: Callable[[Sequence[int]], Sequence[float]], *numbers: int) -> list[object]:
    async def run() -> list[object]:
        calls = Together(function)
        return list(await asyncio.gather(*(calls(number) for number in numbers), return_exceptions=True))

    return asyncio.run(run())


def test_a_call_that_cannot_be_done_costs_those_nothing_that_are_made_together_with_it() -> None:
    first, wrong, last = together(lambda numbers: [math.sqrt(number) for number in numbers], 4, -1, 9)
    assert (first, type(wrong), last) == (2, ValueError, 3)


def test_calls_to_a_database_that_is_away_are_not_tried_one_by_one() -> None:
    tried = []

    def away(numbers: Sequence[int]) -> Sequence[float]:
        tried.append(len(numbers))
        raise DatabaseError("it is away")

    assert {type(one) for one in together(away, 1, 2, 3)} == {DatabaseError}
    assert tried == [3]
