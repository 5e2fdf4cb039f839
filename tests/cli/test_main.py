"""The command line as a whole: overview, exit codes, what is imported when."""

import subprocess
import sys

import pytest

from processors.cli import COMMANDS


def eventwire(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    import os

    kept = {name: value for name, value in os.environ.items() if not name.startswith("EVENTWIRE")}
    command = [sys.executable, "-m", "processors", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=kept | environment)


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
