"""The command line as a whole: overview, exit codes, what is imported when."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import update

from processors.cli import COMMANDS, main
from processors.database import open_database
from processors.database.tables import work
from tests.feeds.writing import rss
from tests.fetch.serving import Answer, interrupting, serve
from tests.index.records import article, store_articles


def eventwire(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EVENTWIRE")}
    command = [sys.executable, "-m", "processors", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=kept | environment)


def written_to(output: int, arguments: str, folder: Path) -> tuple[int, str]:
    """Exit code and standard error of a command whose standard output goes to `output`."""
    environment = os.environ | {"EVENTWIRE_VAR_DIR": str(folder)}
    command = [sys.executable, "-m", "processors", *arguments.split()]
    done = subprocess.run(command, stdout=output, stderr=subprocess.PIPE, text=True, check=False, env=environment)
    return done.returncode, done.stderr


def test_help_lists_every_command():
    done = eventwire("--help")
    assert done.returncode == 0
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


def test_help_imports_nothing_heavy():
    script = (
        "import sys; sys.argv = ['eventwire', '--help']\n"
        "from processors.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('spacy', 'sqlalchemy', 'tantivy', 'elasticsearch', 'httpx') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_explains_itself(name):
    done = eventwire(name, "--help")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.split()) > 10


def test_no_arguments_is_wrong_usage_and_shows_the_overview():
    done = eventwire()
    assert done.returncode == 2
    assert "commands:" in done.stdout


def test_a_misspelt_command_is_answered_with_the_likely_one():
    done = eventwire("serach", "type:attack")
    assert done.returncode == 2
    assert "Did you mean search?" in done.stderr


def test_a_wrong_setting_ends_with_2_and_one_line(tmp_path):
    done = eventwire("status", EVENTWIRE_CONFIG_DIR=str(tmp_path), EVENTWIRE_NONSENSE="1")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "EVENTWIRE_NONSENSE" in done.stderr


def test_a_database_that_is_away_ends_with_3_without_its_password():
    done = eventwire("status", EVENTWIRE_DATABASE_URL="postgresql+psycopg://ann:s3cret@127.0.0.1:1/news")
    assert done.returncode == 3
    assert "s3cret" not in done.stderr + done.stdout
    assert "127.0.0.1" in done.stderr


def test_status_of_an_empty_installation(tmp_path):
    done = eventwire("status", EVENTWIRE_VAR_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "entries   0" in done.stdout
    assert "backlog   none" in done.stdout


def test_a_file_that_cannot_be_written_is_named_with_the_reason(tmp_path):
    target = f"{tmp_path}/missing/events.csv"
    done = eventwire("export", "events", "--output", target, EVENTWIRE_VAR_DIR=str(tmp_path / "var"))
    assert (done.returncode, done.stderr) == (2, f"eventwire: {target}: No such file or directory\n")


NEWEST = "2026-11-20T12:00:00+00:00"
OUTPUTS = ("--help", "status", "status --format json", "search *:*", "feeds list", "export articles")


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A folder with a database of three hundred articles, more than a pipe holds."""
    with closing(open_database(f"sqlite:///{tmp_path}/eventwire.sqlite")) as database:
        store_articles(database, [article(number) for number in range(300)])
    return tmp_path


@pytest.mark.parametrize("arguments", OUTPUTS)
def test_output_that_a_full_disk_refuses_is_told_in_one_line(filled: Path, arguments: str) -> None:
    with Path("/dev/full").open("wb") as full:
        written = written_to(full.fileno(), arguments, filled)
    assert written == (1, "eventwire: cannot write: No space left on device\n")


def test_an_export_to_a_full_disk_is_told_in_one_line(filled: Path) -> None:
    done = eventwire("export", "articles", "-o", "/dev/full", EVENTWIRE_VAR_DIR=str(filled))
    assert (done.returncode, done.stderr) == (1, "eventwire: cannot write: No space left on device\n")


@pytest.mark.parametrize("arguments", OUTPUTS)
def test_a_reader_who_has_seen_enough_is_no_error(filled: Path, arguments: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    assert written_to(writing, arguments, filled) == (0, "")
    os.close(writing)


def test_ctrl_c_in_a_run_says_what_becomes_of_the_rest(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("EVENTWIRE_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("EVENTWIRE_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("EVENTWIRE_ALLOW_PRIVATE_ADDRESSES", "1")
    with serve() as site, interrupting(Answer(rss(("A", f"{site.base}/a")))) as site.routes["/rss"]:
        (tmp_path / "feeds.yaml").write_text(f"feeds:\n- {{name: A, url: '{site.base}/rss'}}\n")
        with pytest.raises(SystemExit) as ended:
            main(["run"])
    assert ended.value.code == 130
    assert capsys.readouterr().err == "eventwire: stopped; what was not finished stays pending\n"


def test_ctrl_c_ends_what_runs_until_then(tmp_path):
    command = [sys.executable, "-m", "processors", "demo", "serve"]
    # A shell's background ignores the signal, and so would the command.
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **heard) as serving:
        assert serving.stdout.readline().startswith("http://127.0.0.1:")
        serving.send_signal(signal.SIGINT)
        assert (serving.wait(60), serving.stderr.read()) == (130, "eventwire: stopped\n")


@pytest.mark.parametrize("command", [("serve",), ("demo", "serve")])
def test_a_port_that_is_taken_is_named_before_anything_starts(tmp_path, command):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = eventwire(*command, "--port", str(port), EVENTWIRE_VAR_DIR=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr == f"eventwire: cannot listen on port {port} of 127.0.0.1: Address already in use\n"


@pytest.mark.parametrize("arguments", ["search *:*", "search *:* --format json", "export articles", "alerts list"])
def test_letters_that_the_terminal_has_not_are_replaced(tmp_path: Path, arguments: str) -> None:
    with closing(open_database(f"sqlite:///{tmp_path}/eventwire.sqlite")) as database:
        store_articles(database, [article(1, title="Ministerin in Köln", source="Rheinbote ü")])
    (tmp_path / "alerts.yaml").write_text(
        "rules: [{name: Köln, query: attack, on: articles, subscribers: [{address: a@example.org}]}]", encoding="utf-8"
    )
    folders = {"EVENTWIRE_VAR_DIR": str(tmp_path), "EVENTWIRE_CONFIG_DIR": str(tmp_path)}
    assert eventwire("reindex", **folders).returncode == 0
    more = ["--articles"] if "search" in arguments else []
    done = eventwire(*arguments.split(), *more, PYTHONIOENCODING="ascii", **folders)
    assert (done.returncode, done.stderr) == (0, "")
    assert "K?ln" in done.stdout


def test_status_refuses_a_mail_server_that_cannot_be_one(tmp_path: Path) -> None:
    address = "smtps://bot:12/34geheim@mail.example.org"
    done = eventwire("status", EVENTWIRE_VAR_DIR=str(tmp_path), EVENTWIRE_SMTP_URL=address)
    assert done.returncode == 2
    assert "smtp_url" in done.stderr
    assert "geheim" not in done.stderr + done.stdout


def test_status_knows_of_all_parked_work(filled: Path) -> None:
    address = f"sqlite:///{filled}/eventwire.sqlite"
    with closing(open_database(address)) as database, database.transaction() as connection:
        connection.execute(update(work).values(parked=True, error="no memory"))
    shown = eventwire("status", EVENTWIRE_VAR_DIR=str(filled))
    assert shown.returncode == 1
    assert "... and 290 more" in shown.stdout
    facts = json.loads(eventwire("status", "--format", "json", EVENTWIRE_VAR_DIR=str(filled)).stdout)
    assert len(facts["parked"]) == 300


def test_status_tells_times_in_the_form_of_all_others(filled: Path):
    shown = eventwire("status", EVENTWIRE_VAR_DIR=str(filled)).stdout
    facts = json.loads(eventwire("status", "--format", "json", EVENTWIRE_VAR_DIR=str(filled)).stdout)
    assert facts["articles"]["newest"] == NEWEST
    assert f"newest {NEWEST[:16].replace('T', ' ')}\n" in shown
