"""Workers must not import the main module of the program that starts them, nor end with it at Ctrl-C."""

import os
import subprocess
import sys

PROGRAM = """
import asyncio, sys
if __name__ != "__main__":
    raise SystemExit("the main module was imported by a worker")
from processors.fetch.workers import workers

async def work():
    async with workers(20, ["processors.errors"]) as pool:
        return await pool.run(len, [1, 2, 3])

print(asyncio.run(work()))
"""


def test_a_worker_does_not_import_the_main_module_again(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout, done.returncode) == ("3\n", 0), done.stderr


INTERRUPTED = """
import asyncio
from processors.fetch.workers import workers

async def work():
    async with workers(20, ["interrupted"]) as pool:
        return await pool.run(len, [1, 2, 3])

print(asyncio.run(work()))
"""


def test_ctrl_c_does_not_end_the_workers_while_they_load_their_libraries(tmp_path):
    (tmp_path / "interrupted.py").write_text("import signal\nsignal.raise_signal(signal.SIGINT)\n")
    (tmp_path / "program.py").write_text(INTERRUPTED)
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, tmp_path / "program.py"], env=os.environ | {"PYTHONPATH": path},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.stdout, done.returncode) == ("3\n", 0), done.stderr
