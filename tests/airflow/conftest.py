"""Airflow reads its environment when it is imported: it must see a home of the tests' own and nothing else."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

for _name in [name for name in os.environ if name.startswith("AIRFLOW")]:
    del os.environ[_name]
os.environ["AIRFLOW_HOME"] = tempfile.mkdtemp(prefix="eventwire-airflow-")
atexit.register(shutil.rmtree, os.environ["AIRFLOW_HOME"], ignore_errors=True)
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
os.environ["AIRFLOW__CORE__PLUGINS_FOLDER"] = str(ROOT / "plugins")
os.environ["AIRFLOW__CORE__DAGS_FOLDER"] = str(ROOT / "dags")
for _folder in (ROOT / "dags", ROOT / "plugins"):
    if str(_folder) not in sys.path:
        sys.path.append(str(_folder))


def own_airflow(folder: Path, dags: Path = ROOT / "dags", **more: str) -> dict[str, str]:
    """The environment of an Airflow of one test's own: its home and Eventwire's data lie in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "EVENTWIRE"))}
    own = {
        "AIRFLOW_HOME": str(folder / "airflow"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(dags),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "PYTHONPATH": os.pathsep.join(str(each) for each in (ROOT, ROOT / "dags", ROOT / "plugins")),
        "EVENTWIRE_VAR_DIR": str(folder),
    }
    return kept | own | more
