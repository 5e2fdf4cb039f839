"""The folder of an embedded index: generations side by side, a pointer to the present ones, and the writer's lock.

current.json                {"events": {"folder": "events-...", "version": 1}, ...}
events-20261124T100000-17/  tantivy's files
writer.lock                 held (flock) by whoever writes; freed by the system when its holder dies
"""

import errno
import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import tantivy

from processors.documents import KINDS, Kind
from processors.errors import IndexUnavailable
from processors.index.embedded.schema import VERSION, register, schema

LOCK_WAIT = 60.0  # seconds that a writer waits for the one before it
_POLL = 0.05
_FORBIDDEN = ("PermissionDenied", "ReadOnlyFilesystem", os.strerror(errno.EACCES), os.strerror(errno.EROFS))


@contextmanager
def told() -> Iterator[None]:
    """Turns errors of files into IndexUnavailable; tantivy raises ValueError for them, for a full disk too."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise IndexUnavailable(f"index: {error}") from error


def unreadable(folder: Path, error: Exception) -> IndexUnavailable:
    """What to say of an index that tantivy does not open: a new one mends damaged files, and no missing permission."""
    hint = "`eventwire reindex` builds it anew"
    if any(sign in str(error) for sign in _FORBIDDEN):
        hint = "the user that Eventwire runs as must be able to read and write there, also to search"
    return IndexUnavailable(f"index {folder}: {error}; {hint}")


class IndexFolder:
    """The files under `path`; created on first use."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    @contextmanager
    def writing(self, wait: float = LOCK_WAIT) -> Iterator[None]:
        """The right to write, for one process and thread at a time. Raises IndexUnavailable after `wait` seconds."""
        with self._lock_file() as lock:
            deadline = time.monotonic() + wait
            while not _locked(lock.fileno()):
                if time.monotonic() > deadline:
                    raise IndexUnavailable(f"index {self.path}: another process has been writing for {wait:.0f} s")
                time.sleep(_POLL)
            yield

    def current(self, kind: Kind) -> Path:
        """The folder of the present generation. Raises IndexUnavailable where there is none that this version reads."""
        entry = self._pointer().get(kind)
        if entry is None:
            self._create_missing()
            entry = self._pointer()[kind]
        if entry["version"] != VERSION:
            raise IndexUnavailable(
                f"index {self.path}: written by another version of Eventwire; `eventwire reindex` builds it anew"
            )
        return self.path / str(entry["folder"])

    def create(self, kind: Kind) -> Path:
        """A new, empty generation that nothing points to yet."""
        folder = (
            self.path / f"{kind}-{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{os.getpid()}-{time.monotonic_ns()}"
        )
        with told():
            folder.mkdir(parents=True)
            register(tantivy.Index(schema(kind), path=str(folder)))
        return folder

    def swap(self, kind: Kind, folder: Path) -> None:
        """Makes `folder` the present generation, in one step, and removes the ones before. Needs `writing`."""
        pointer = self._pointer() | {kind: {"folder": folder.name, "version": VERSION}}
        beside = self.path / f"current.json.{os.getpid()}"
        with told():
            with beside.open("w", encoding="utf-8") as file:
                json.dump(pointer, file)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path / "current.json")
        for old in self.path.glob(f"{kind}-*"):
            if old != folder and not _alive(old):
                shutil.rmtree(old, ignore_errors=True)

    def open(self, folder: Path) -> Any:
        """The tantivy index in `folder`. Raises IndexUnavailable where its files are damaged."""
        try:
            return register(tantivy.Index.open(str(folder)))
        except Exception as error:  # tantivy has no error classes of its own
            raise unreadable(folder, error) from error

    def _lock_file(self) -> TextIO:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            return (self.path / "writer.lock").open("w")
        except OSError as error:
            raise IndexUnavailable(f"index {error.filename or self.path}: {error.strerror}") from error

    def _pointer(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads((self.path / "current.json").read_text(encoding="utf-8"))
            return found
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise IndexUnavailable(f"index {self.path}: {error}") from error

    def _create_missing(self) -> None:
        with self.writing():
            for kind in KINDS:
                if kind not in self._pointer():
                    self.swap(kind, self.create(kind))


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _alive(folder: Path) -> bool:
    # A generation that a living process is building beside ours is its own to swap in or remove.
    marker = folder / "building"
    try:
        pid = int(marker.read_text())
    except (OSError, ValueError):
        return False
    return Path(f"/proc/{pid}").exists()
