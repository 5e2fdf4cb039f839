"""Loading the Kibana objects of config/kibana/ through Kibana's import address."""

import base64
import json
import ssl
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from processors.errors import ConfigError, IndexUnavailable, mask_secrets
from processors.settings import ROOT, IndexSettings

OBJECTS = ROOT / "config" / "kibana" / "eventwire.ndjson"
_TIMEOUT = 60.0  # seconds


def import_objects(url: str, settings: IndexSettings, *, space: str = "", path: Path = OBJECTS) -> int:
    """Loads the saved objects into Kibana at `url` (user and password may stand in it), over older ones of the same
    ids; returns how many. Raises ConfigError where Kibana refuses them, IndexUnavailable where it does not answer."""
    boundary = uuid.uuid4().hex
    request = urllib.request.Request(_address(url, space), _form(path, boundary), method="POST")
    request.add_header("Content-Type", f"multipart/form-data; boundary={boundary}")
    request.add_header("kbn-xsrf", "eventwire")
    if login := _login(url, settings):
        request.add_header("Authorization", login)
    answer = _sent(request, mask_secrets(url), settings)
    if not answer.get("success"):
        raise ConfigError(f"Kibana at {mask_secrets(url)} refused: {_problems(answer)}")
    return int(answer["successCount"])


def _address(url: str, space: str) -> str:
    wrong = ConfigError(f"Kibana's address {mask_secrets(url)!r}: write http(s)://user:password@host:5601")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise wrong
    path = parts.path.rstrip("/") + (f"/s/{quote(space, safe='')}" if space else "")
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, f"{path}/api/saved_objects/_import", "overwrite=true", ""))


def _form(path: Path, boundary: str) -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\n'
    content_type = "Content-Type: application/ndjson\r\n\r\n"
    return f"{head}{content_type}".encode() + path.read_bytes() + f"\r\n--{boundary}--\r\n".encode()


def _login(url: str, settings: IndexSettings) -> str | None:
    parts = urlsplit(url)
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return "Basic " + base64.b64encode(pair.encode()).decode()
    return f"ApiKey {settings.api_key}" if settings.api_key else None


def _sent(request: urllib.request.Request, where: str, settings: IndexSettings) -> dict[str, Any]:
    context = ssl.create_default_context(cafile=str(settings.ca_file) if settings.ca_file else None)
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT, context=context) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
    except urllib.error.HTTPError as error:
        told = error.read(2000).decode(errors="replace")
        if error.code in {401, 403}:
            raise ConfigError(f"Kibana at {where} does not let this user in (HTTP {error.code})") from error
        if error.code in {429, 502, 503, 504}:
            raise IndexUnavailable(f"Kibana at {where} is starting or overloaded (HTTP {error.code})") from error
        raise ConfigError(f"Kibana at {where}: HTTP {error.code}: {told}") from error
    except (OSError, ValueError) as error:
        raise IndexUnavailable(f"Kibana at {where} does not answer as Kibana does: {error}") from error


def _problems(answer: dict[str, Any]) -> str:
    errors = answer.get("errors") or [answer]
    return "; ".join(f"{one.get('type')} {one.get('id')}: {json.dumps(one.get('error', one))}" for one in errors[:5])
