"""A real HTTP server on the loopback for tests: routes are functions from a request to an answer."""

import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """What a route answers."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A request as it came in; header names in lower case."""

    path: str
    headers: Mapping[str, str]


Route = Callable[[Asked], Answer]


@contextmanager
def interrupting(answer: Answer) -> Iterator[Route]:
    """A route that sends this process SIGINT, as Ctrl-C does, and answers when the block is over. A shell's background
    ignores the signal: here it is KeyboardInterrupt."""
    over = threading.Event()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def interrupt(_: Asked) -> Answer:
        os.kill(os.getpid(), signal.SIGINT)
        over.wait()
        return answer

    try:
        yield interrupt
    finally:
        over.set()
        signal.signal(signal.SIGINT, before)


@dataclass
class Site:
    """A running server: `routes` by path, `asked` in the order of the requests."""

    base: str
    routes: dict[str, Route | Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def paths(self) -> list[str]:
        """The paths asked for, without robots.txt."""
        return [request.path for request in self.asked if request.path != "/robots.txt"]


@contextmanager
def serve(host: str = "127.0.0.1") -> Iterator[Site]:
    """Serves a site on a free port of `host` while the block runs."""
    site = Site("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            request = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
            site.asked.append(request)
            route = site.routes.get(self.path, Answer(b"there is nothing here", 404))
            answer = route if isinstance(route, Answer) else route(request)
            with suppress(BrokenPipeError, ConnectionResetError):
                self._send(answer)

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    site.base = f"http://{host}:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def serve_raw(talk: Callable[..., object], host: str = "127.0.0.1", *, read_first: bool = True) -> Iterator[str]:
    """A server that reads a request (unless told not to) and leaves the socket to `talk(socket)`; gives its address."""
    import socketserver

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            if read_first:
                self.request.recv(65_536)
            with suppress(OSError):
                talk(self.request)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False

    server = Server((host, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
