"""The image's content, laid out as the Dockerfile does: what is copied into it is all that Eventwire needs."""

import json
import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from processors.settings import ROOT

HOME = "/opt/eventwire"


def last_stage() -> str:
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    return text[text.rindex("\nFROM ") :]


def ignored(path: Path) -> bool:
    patterns = (ROOT / ".dockerignore").read_text().split()
    parts = path.relative_to(ROOT).parts
    return any(fnmatch(parts[0], one) or (one.startswith("**/") and one[3:] in parts) for one in patterns)


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """The image's working folder."""
    home = tmp_path_factory.mktemp("image")
    for sources, target in re.findall(r"^COPY (?!--)(.+) (\S+)$", last_stage(), re.MULTILINE):
        for name in sources.split():
            source = ROOT / name
            assert source.exists(), name
            assert not ignored(source), name
            place = home / target / (name if target == "./" else "")
            if source.is_dir():
                shutil.copytree(source, place, ignore=lambda at, names: [n for n in names if ignored(Path(at, n))])
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, place)
    return home


@pytest.fixture
def run(image, tmp_path):
    """Runs Python in the image's folder with the image's environment."""
    variables = dict(re.findall(r"(\w+)=(\S+)", last_stage().split("ENV ")[1].splitlines()[0]))
    environment = {name: value.replace(HOME, str(image)) for name, value in variables.items() if name != "PATH"}
    environment |= {"AIRFLOW_HOME": str(tmp_path), "EVENTWIRE_VAR_DIR": str(tmp_path / "var")}

    def python(*arguments: str, text: str = "") -> str:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        done = subprocess.run(
            [sys.executable, *arguments],
            env=kept | environment,
            cwd=image,
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return python


def test_nothing_secret_and_nothing_for_development_is_in_it(image):
    found = {path.name for path in image.iterdir()}
    assert not found & {".env", ".git", "var", "tests", "benchmarks", "training"}
    assert not list(image.rglob("__pycache__"))


def test_it_codes_a_text_of_either_language(run, image):
    assert run("-c", "import processors; print(processors.__file__)").strip().startswith(str(image))
    lines = [
        {"id": "de", "lang": "de", "text": "Putin hat am Montag mit Trump telefoniert."},
        {"id": "en", "lang": "en", "text": "Putin and Trump spoke by phone on Monday."},
    ]
    coded = run("-m", "processors", "extract", text="\n".join(map(json.dumps, lines)))
    for line in map(json.loads, coded.splitlines()):
        assert [event["type"] for event in line["events"]] == ["leader_call"], line


def test_airflow_finds_its_dags_in_it(run):
    script = (
        "import sys; sys.path += ['dags', 'plugins'];"
        "from airflow.dag_processing.dagbag import DagBag; bag = DagBag(dag_folder='dags');"
        "print('found', len(bag.dags), bag.import_errors)"
    )
    assert "found 4 {}" in run("-c", script)


def test_it_runs_as_a_user_without_privileges():
    lines = last_stage().strip().splitlines()
    assert lines[-2] == "USER eventwire"
