"""How long a round over 2,000 feeds takes, a tenth of them broken in ten ways.

    python -m benchmarks.feeds [--feeds 2000] [--hosts 500]

A server process answers on many loopback addresses after 50 ms; feeds, database and politeness are real: two requests
at once and a gap of one second for each address. Rounds: all feeds new (20 entries each), all unchanged (304), all
changed (20 new entries each).
"""

import argparse
import asyncio
import gzip
import multiprocessing
import resource
import tempfile
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import yaml

from processors.database import Database, add_work, open_database
from processors.database.feeds import load_feeds
from processors.feeds import fetch_feeds, sync_feeds
from processors.settings import Settings, load_settings

LATENCY = 0.05
ENTRIES = 20
BROKEN = ("404", "500", "403", "410", "html", "garbage", "silent", "drip", "loop", "bomb")
_SENTENCE = "Der Rat von Neustadt hat am Abend ueber den Haushalt der Stadt beraten und die Sitzung dann vertagt. "


def document(number: str, version: int) -> bytes:
    """The feed `number` in its `version`: twenty entries that no other version has."""
    entries = "".join(
        f"<item><title>Meldung {n} der Ausgabe {version} von {number}</title><guid>{number}-{version}-{n}</guid>"
        f"<link>http://blatt-{number}.example/{version}/{n}</link><pubDate>Mon, 10 Nov 2025 08:{n:02}:00 GMT</pubDate>"
        f"<description>{_SENTENCE * 3}</description></item>"
        for n in range(ENTRIES)
    )
    head = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Blatt {number}</title><language>de</language>'
    return f"{head}{entries}</channel></rss>".encode()


def answer(path: str, headers: str, version: int) -> bytes:
    """The whole HTTP answer for `path`, which is /good/N or /KIND/N."""
    _, kind, number = path.split("/")
    if kind == "good":
        etag = f'"{number}-{version}"'
        if etag in headers:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
        return _with_body("200 OK", document(number, version), f"Content-Type: text/xml\r\nETag: {etag}\r\n")
    if kind.isdigit():
        return _with_body(f"{kind} Broken", b"broken", "")
    if kind == "loop":
        return f"HTTP/1.1 302 Found\r\nLocation: {path}\r\nContent-Length: 0\r\n\r\n".encode()
    if kind == "bomb":
        return _with_body("200 OK", _BOMB, "Content-Encoding: gzip\r\n")
    return _with_body("200 OK", b"<!doctype html><p>hello" if kind == "html" else bytes(range(1, 200)), "")


def _with_body(status: str, body: bytes, headers: str) -> bytes:
    return f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body


_BOMB = gzip.compress(bytes(30_000_000))


def serve(pipe: Connection) -> None:
    """Runs the server in this process; tells its port, and takes the version of the feeds from `pipe`."""
    asyncio.run(_serve(pipe))


async def _serve(pipe: Connection) -> None:
    state = {"version": 1}

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"):
                await _reply(writer, head, state["version"])
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "0.0.0.0", 0, backlog=4096)
    pipe.send(server.sockets[0].getsockname()[1])
    while (version := await asyncio.to_thread(pipe.recv)) is not None:
        state["version"] = version
        pipe.send("ready")
    server.close()


async def _reply(writer: asyncio.StreamWriter, head: str, version: int) -> None:
    await asyncio.sleep(LATENCY)
    path = head.split(" ", 2)[1]
    if path.startswith("/silent"):
        await asyncio.sleep(600)
    if path.startswith("/drip"):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.5)
    writer.write(answer(path, head, version))
    await writer.drain()


def configure(folder: Path, port: int, feeds: int, hosts: int) -> Settings:
    """Settings and a feeds file with `feeds` feeds over `hosts` addresses, every tenth of them broken."""
    listed = []
    for number in range(feeds):
        kind = BROKEN[number // 10 % len(BROKEN)] if number % 10 == 9 else "good"
        host = number * hosts // feeds
        url = f"http://127.0.{1 + host // 200}.{1 + host % 200}:{port}/{kind}/{number}"
        listed.append({"name": f"{kind} {number}", "url": url})
    (folder / "feeds.yaml").write_text(yaml.safe_dump({"feeds": listed}), encoding="utf-8")
    environment = {
        "EVENTWIRE_CONFIG_DIR": str(folder),
        "EVENTWIRE_VAR_DIR": str(folder / "var"),
        "EVENTWIRE_ALLOW_PRIVATE_ADDRESSES": "1",
        "EVENTWIRE_FETCH__LOOPBACK_GAP": "1.0",
    }
    return load_settings(environment)


def all_due(database: Database) -> None:
    """Makes every feed due."""
    with database.transaction() as connection:
        add_work(connection, "fetch", [feed.id for feed in load_feeds(database)])


def round_over(name: str, database: Database, settings: Settings) -> None:
    """One round over all feeds, and a line on it."""
    all_due(database)
    began, start, cpu = datetime.now(UTC), time.perf_counter(), time.process_time()
    summary = fetch_feeds(database, settings)
    seconds = time.perf_counter() - start
    good = [feed for feed in load_feeds(database) if feed.name.startswith("good")]
    last = max((feed.last_success_at or began for feed in good), default=began)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name:10} {seconds:6.1f} s in all; working feeds done after {(last - began).total_seconds():5.1f} s; "
        f"{summary.counts['new']:6} new entries; {summary.counts['unchanged']} unchanged; "
        f"{summary.counts['failed']} failed; parent's peak {memory:.0f} MB, CPU {time.process_time() - cpu:.1f} s",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=2000)
    parser.add_argument("--hosts", type=int, default=500)
    arguments = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    with tempfile.TemporaryDirectory() as folder:
        settings = configure(Path(folder), port, arguments.feeds, arguments.hosts)
        with closing(open_database(settings.database_url)) as database:
            sync_feeds(database, settings)
            for name, version in (("new", 1), ("unchanged", 1), ("changed", 2), ("unchanged", 2)):
                ours.send(version)
                ours.recv()
                round_over(name, database, settings)
            reasons = Counter(
                f"{f.name.split()[0]} -> {f.error_reason}" for f in load_feeds(database) if f.error_reason
            )
            print("broken:", ", ".join(f"{reason} ({count})" for reason, count in sorted(reasons.items())))
    ours.send(None)
    server.join(5)


if __name__ == "__main__":
    main()
