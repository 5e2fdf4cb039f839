"""The demo's web server: `config/demo/site` on the loopback, with {{base}} in its files replaced by its address."""

import mimetypes
import re
import threading
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_ENCODING = re.compile(rb"""encoding=["']([\w-]+)["']|charset=["']?([\w-]+)""")
_PLACEHOLDER = "{{base}}"
_ENTRY = re.compile(rb"<(item|entry)\b.*?</\1>\s*|<rdf:li\b[^>]*/>\s*", re.DOTALL)
_FEEDS = {".xml", ".rdf"}


class DemoSite:
    """Serves the files of `folder` on 127.0.0.1 at `port` (0: a free one), from `start` to `stop`. Its feeds leave
    out the entries of the pages `held_back` (paths below `folder`) until `publish` is called."""

    def __init__(self, folder: Path, port: int = 0, held_back: Iterable[str] = ()) -> None:
        self.folder, self._held_back = folder.resolve(), tuple(page.encode() for page in held_back)
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def base(self) -> str:
        """The site's address, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "DemoSite":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def publish(self) -> None:
        """Lets the feeds bring what was held back."""
        self._held_back = ()

    def fill(self, template: Path, target: Path) -> None:
        """Writes a file of the demo with this site's address in it, such as its list of feeds."""
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self.filled(template))

    def filled(self, path: Path) -> bytes:
        """A file's bytes with this site's address in place of {{base}}, which is ASCII in every encoding used."""
        content = path.read_bytes()
        if path.suffix in _FEEDS and self._held_back:
            content = _ENTRY.sub(lambda entry: b"" if self._is_held_back(entry[0]) else entry[0], content)
        return content.replace(_PLACEHOLDER.encode(), self.base.encode())

    def _is_held_back(self, entry: bytes) -> bool:
        return any(page in entry for page in self._held_back)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = (site.folder / self.path.split("?")[0].lstrip("/")).resolve()
                if not path.is_file() or site.folder not in path.parents:
                    self.send_error(404)
                    return
                body = site.filled(path)
                found = _ENCODING.search(body[:1024])
                charset = (found[1] or found[2]).decode() if found else "utf-8"
                kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
                self.send_response(200)
                self.send_header("Content-Type", f"{kind}; charset={charset}")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler
