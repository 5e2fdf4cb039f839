"""The embedded index's folder: one writer at a time, generations side by side."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from processors.errors import IndexUnavailable
from processors.index import open_index
from processors.index.compounds import compound_parts
from processors.index.embedded.folder import IndexFolder
from processors.settings import ROOT
from tests.index.corpus import EVENTS


def test_a_writer_waits_for_the_one_before_it(tmp_path: Path) -> None:
    folder, order = IndexFolder(tmp_path), []

    def second() -> None:
        with folder.writing():
            order.append("second")

    with folder.writing():
        waiting = threading.Thread(target=second)
        waiting.start()
        time.sleep(0.2)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path)
    with (
        folder.writing(),
        pytest.raises(IndexUnavailable, match="another process has been writing"),
        folder.writing(0.1),
    ):
        pass


def test_a_killed_writer_holds_nobody_up(tmp_path: Path) -> None:
    code = (
        "import sys, time\n"
        "from processors.index.embedded.folder import IndexFolder\n"
        "with IndexFolder(sys.argv[1]).writing():\n"
        "    print('holding', flush=True)\n"
        "    time.sleep(600)\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "holding\n"
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with IndexFolder(tmp_path).writing(5):
        pass


def test_a_rebuild_removes_older_generations_and_what_a_killed_rebuild_left(tmp_path: Path) -> None:
    index = open_index(f"tantivy://{tmp_path}")
    index.upsert("events", EVENTS)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for name, pid in (("events-of-a-dead-process", dead.pid), ("events-of-a-living-one", os.getpid())):
        (tmp_path / name).mkdir()
        (tmp_path / name / "building").write_text(str(pid))
    index.rebuild("events", EVENTS[:1])
    left = {path.name for path in tmp_path.glob("events-*")}
    assert len(left) == 2
    assert "events-of-a-living-one" in left
    assert index.count("events") == 1


def test_a_reader_that_was_open_sees_what_others_write_and_swap_in(tmp_path: Path) -> None:
    reader, writer = open_index(f"tantivy://{tmp_path}"), open_index(f"tantivy://{tmp_path}")
    assert reader.count("events") == 0
    writer.upsert("events", EVENTS)
    assert reader.count("events") == len(EVENTS)
    writer.rebuild("events", EVENTS[:3])
    assert reader.count("events") == 3


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexUnavailable, match="file"):
        open_index(f"tantivy://{tmp_path / 'file' / 'index'}").upsert("events", EVENTS)


def test_a_lock_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "writer.lock").mkdir()
    with pytest.raises(IndexUnavailable, match=r"writer\.lock: Is a directory"):
        open_index(f"tantivy://{tmp_path}").upsert("events", EVENTS)


def test_an_index_that_may_not_be_written_asks_for_the_permission_and_not_for_a_new_one(tmp_path: Path) -> None:
    open_index(f"tantivy://{tmp_path}").upsert("events", EVENTS)
    for path in (tmp_path, *tmp_path.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    # The super-user writes everywhere, unless it gives that right up.
    as_others = [] if os.geteuid() else ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"]
    code = "import sys; from processors.index import open_index; open_index(sys.argv[1]).search('events', '*:*')"
    command = [*as_others, sys.executable, "-c", code, f"tantivy://{tmp_path}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    for path in (tmp_path, *tmp_path.rglob("*")):
        path.chmod(0o755)
    assert "IndexUnavailable" in done.stderr
    assert "Permission denied" in done.stderr
    assert "must be able to read and write there" in done.stderr
    assert "eventwire reindex" not in done.stderr


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("waffenlieferungen", {"waffe", "waffen", "lieferung"}),
        ("außenministertreffen", {"außen", "minister", "treffen"}),
        ("gefangenenaustausch", {"gefangene", "gefangenen", "austausch"}),
        ("lieferung", set()),
        ("kurz", set()),
    ],
)
def test_compounds_have_the_listed_words_as_parts(word: str, parts: set[str]) -> None:
    assert set(compound_parts(word)) == parts
