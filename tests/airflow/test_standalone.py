"""What asks Airflow how far it is, on a machine that has much else to do."""

import threading
import urllib.error
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from eventwire_standalone import LOG_LIMIT, RunningAirflow


def test_a_log_that_has_grown_large_is_put_aside_while_it_is_written(tmp_path):
    running = RunningAirflow(tmp_path, {}, 1)
    with running.log.open("ab", buffering=0) as written:
        written.write(b"a line\n")
        running.bound_log()
        assert running.log.read_bytes() == b"a line\n"
        written.write(b"x" * LOG_LIMIT)
        running.bound_log()
        written.write(b"the next line\n")
    assert running.log.read_bytes() == b"the next line\n"
    assert (tmp_path / "airflow.log.1").stat().st_size == LOG_LIMIT + len(b"a line\n")


class _Busy(BaseHTTPRequestHandler):
    """Leaves the first request of each method without an answer, then answers; knows no /api/v2/nowhere."""

    asked: list[str]

    def _answer(self) -> None:
        first = self.command not in self.asked
        self.asked.append(self.command)
        if first and not self.path.endswith("/nowhere"):
            self.close_connection = True
            return
        self.send_response(404 if self.path.endswith("/nowhere") else 200)
        self.end_headers()
        self.wfile.write(b'{"access_token": "t", "dag_runs": []}')

    do_GET = do_POST = _answer

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def airflow(tmp_path) -> Iterator[tuple[RunningAirflow, list[str]]]:
    """What asks, and the methods of the requests that reached the other side."""
    asked: list[str] = []
    with HTTPServer(("127.0.0.1", 0), type("Busy", (_Busy,), {"asked": asked})) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield RunningAirflow(tmp_path, {}, server.server_port), asked
        server.shutdown()


def test_a_question_without_an_answer_is_put_again(airflow):
    running, asked = airflow
    assert running.runs() == []
    assert asked == ["GET", "GET", "GET"]  # the token twice, then the runs


def test_what_changes_something_is_asked_once(airflow):
    running, asked = airflow
    with pytest.raises(OSError):
        running.call("POST", "/dags/eventwire_ingest/dagRuns", {})
    assert asked.count("POST") == 1


def test_a_refusal_is_an_answer(airflow):
    running, asked = airflow
    running.runs()
    asked.clear()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        running.call("GET", "/nowhere")
    assert asked == ["GET"]
