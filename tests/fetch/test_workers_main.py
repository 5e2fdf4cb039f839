"""Workers must not import the main module of the program that starts them."""

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
