"""A sandbox, a daemon behind it, and clients of both kinds."""

import json
import pathlib
import secrets
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "contrib/contract"))

import programs  # noqa: E402

from finetuned import Client, routes  # noqa: E402

SAMPLE = ROOT / "contrib/sample/sample.sqlite"
FAST = 100


class DaemonProcess:
    """The daemon, which tests may stop, kill and start again; its state stays."""

    def __init__(self, folder, place, sandbox):
        self.folder = folder
        self.place = place
        self.sandbox = sandbox
        self.socket = str(place / "socket")
        self.configuration = place / "finetuned.yaml"
        self.configure("")
        self._process = None

    def configure(self, more):
        self.configuration.write_text(
            f"providers:\n  openai:\n    base_url: {self.sandbox.base_url}\n    poll_shortest: 0.3\n"
            f"allowed_database_paths:\n  - {SAMPLE.parent}\n{more}"
        )

    def start(self):
        command = [programs.program(self.folder, "finetuned"), "--config", str(self.configuration)]
        command += ["--socket", self.socket, "--state-directory", str(self.place / "state")]
        environment = {"OPENAI_API_KEY": self.sandbox.api_key}
        with open(self.place / "daemon.log", "ab") as log:
            self._process = subprocess.Popen(command, stderr=log, env=environment)
        programs.wait_until(self.answers, "the daemon to answer", programs.START_SECONDS)

    def answers(self):
        if self._process.poll() is not None:
            raise RuntimeError((self.place / "daemon.log").read_text())
        try:
            with Client(self.socket, patience=0) as client:
                return client.ask(routes.heartbeat())
        except OSError:
            return None
        except Exception as error:
            if type(error).__name__ in ("Unreachable", "ConnectionLost"):
                return None
            raise

    def end(self, how=signal.SIGTERM):
        self._process.send_signal(how)
        self._process.wait(programs.STOP_SECONDS)


@contextmanager
def played_daemon(path, answers):
    """A daemon that sends for each request the lines, statuses and bodies, that `answers` gives; yields its requests."""
    requests = []

    def play(listening):
        connected, _ = listening.accept()
        for line in connected.makefile("rb"):
            request = json.loads(line)
            requests.append(request)
            for status, body in answers(request):
                connected.sendall(json.dumps({"id": request["id"], "status": status, "body": body}).encode() + b"\n")

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        threading.Thread(target=play, args=(listening,), daemon=True).start()
        yield requests


@pytest.fixture(scope="session")
def folder():
    return programs.binaries_folder(ROOT)


@pytest.fixture(scope="session")
def sandbox(folder, tmp_path_factory):
    with programs.running_sandbox(folder, tmp_path_factory.mktemp("sandbox"), FAST) as running:
        yield running


@pytest.fixture(scope="session")
def shared_daemon(folder, sandbox, tmp_path_factory):
    daemon = DaemonProcess(folder, tmp_path_factory.mktemp("daemon"), sandbox)
    daemon.start()
    yield daemon
    daemon.end()


@pytest.fixture
def own_daemon(folder, sandbox, tmp_path):
    """A daemon for a test that ends it."""
    daemon = DaemonProcess(folder, tmp_path, sandbox)
    daemon.start()
    yield daemon
    sandbox.set_speed(FAST)
    daemon.end(signal.SIGKILL)


@pytest.fixture
def client(shared_daemon):
    with Client(shared_daemon.socket) as client:
        yield client


@pytest.fixture(scope="session")
def connection(shared_daemon):
    """A database with tables and golden records."""
    with Client(shared_daemon.socket) as client:
        return prepared(client, f"shared-{secrets.token_hex(4)}")


def prepared(client, alias, records=12):
    connection = client.ask(routes.create_database_connection(alias=alias, connection_uri=f"sqlite://{SAMPLE}"))["id"]
    client.ask(routes.sync_schemas(db_connection_id=connection))
    client.ask(routes.create_golden_records([record(connection, number) for number in range(records)]))
    return connection


def record(connection, number):
    return {
        "db_connection_id": connection,
        "prompt_text": f"How many systems are younger than {1950 + number}?",
        "sql": f"SELECT count(*) FROM systems WHERE first_year > {1950 + number}",
    }
