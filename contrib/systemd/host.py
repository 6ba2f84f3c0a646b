"""The host under test: the container with the package, a provider, and what tests ask of both."""

import copy
import json
import pathlib
import re
import socket
import subprocess
import time

from container import Container, Failed, wait_until

SOCKET = "/run/finetuned/finetuned.sock"
DATA = "/srv/shop"
KEY = "sk-sandbox-0123456789"
FAST, SLOW = 200, 0.05
ANSWER_SECONDS = 30
JOB_SECONDS = 90
# The watchdog's interval, the pause before a restart, and a busy machine.
WATCHDOG_SECONDS = 60
PROVIDER = "http://127.0.0.1:8080"

# Short times, so that a job takes a second or two.
CONFIGURATION = f"""\
log_level: info
allowed_database_paths: [{DATA}]
providers:
  openai:
    base_url: {PROVIDER}/v1
    proxy: none
    requests_per_second: 1000
    poll_shortest: 0.05
    poll_longest: 0.3
    retry_shortest: 0.05
    retry_longest: 0.5
    timeout: 2
    key_recheck: 0.5
"""


class Connection:
    """A client that speaks the protocol by itself, so that nothing hides a refusal."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(ANSWER_SECONDS)
        self.socket.connect(str(path))
        self.lines = self.socket.makefile("rwb")

    def send(self, method, path, body=None, id=1):
        request = {"id": id, "method": method, "path": f"/api/v1/{path}"}
        if body is not None:
            request["body"] = body
        self.lines.write(json.dumps(request).encode() + b"\n")
        self.lines.flush()

    def reply(self):
        """The next reply; nothing if the connection ended."""
        line = self.lines.readline()
        return json.loads(line) if line.endswith(b"\n") else None

    def close(self):
        self.lines.close()
        self.socket.close()


class Host:
    def __init__(
            self, container: Container, previous: pathlib.Path, package: pathlib.Path, sample: pathlib.Path):
        self.container = container
        self.previous = previous
        self.package = package
        self.sample = sample
        self.run = container.run
        self.socket = SOCKET
        self.jobs = 0

    def with_socket(self, path):
        """The same host, whose daemon is the one at another socket."""
        other = copy.copy(self)
        other.socket = path
        return other

    def install(self, package):
        self.run("dpkg", "--install", self.container.take(package))

    # The service

    def systemctl(self, *words, check=True):
        if words[0] in ("start", "restart"):
            # These cases start the daemon more often in a while than people do, and than systemd takes for a sign of
            # health.
            self.run("systemctl", "reset-failed", check=False)
        return self.run("systemctl", *words, check=check)

    def property(self, name, unit="finetuned.service"):
        return self.systemctl("show", "--value", f"--property={name}", unit).stdout.strip()

    def pid(self):
        return int(self.property("MainPID"))

    def is_active(self, unit="finetuned.service"):
        return self.property("ActiveState", unit) == "active"

    def wait_for_status(self, text, seconds=20):
        return wait_until(
            lambda: text in self.property("StatusText") and self.property("StatusText"), f"the status {text!r}", seconds)

    def wait_for_another(self, pid, seconds=WATCHDOG_SECONDS):
        wait_until(lambda: self.pid() not in (0, pid) and self.is_active(), "another process to be ready", seconds)

    def configure(self, text=CONFIGURATION):
        self.container.write("/etc/finetuned/finetuned.yaml", text)

    def journal(self, *matches):
        result = self.run("journalctl", "--output=json", "--no-pager", *matches, check=False)
        return [json.loads(line) for line in result.stdout.splitlines()]

    def wait_for_entry(self, *matches, seconds=20):
        return wait_until(lambda: self.journal(*matches), f"an entry with {' '.join(matches)}", seconds)[-1]

    # The daemon

    def socket_path(self):
        # In this form it is short enough for an address, whatever the container's folder is called.
        return self.container.path(self.socket)

    def connect(self):
        return Connection(self.socket_path())

    def ask(self, method, path, body=None):
        connection = self.connect()
        try:
            connection.send(method, path, body)
            reply = connection.reply()
        finally:
            connection.close()
        if reply is None:
            raise Failed(f"no reply to {method} {path}")
        if reply["status"] >= 400:
            raise Failed(f"{method} {path}: {reply['status']} {reply['body']}")
        return reply["body"]

    def finetunectl(self, *words, user=None, check=True):
        command = ["finetunectl", *words]
        return self.run(*(["runuser", "-u", user, "--", *command] if user else command), check=check)

    # The provider

    def start_provider(self):
        self.run(
            "systemd-run", "--quiet", "--unit=provider", "/usr/bin/finetune-sandbox", "--port", "8080", "--api-key", KEY,
            "--speed", str(FAST))
        wait_until(lambda: self.provider("GET", "status", check=False), "the provider", 30)

    def provider(self, method, path, body=None, check=True):
        command = ["curl", "--silent", "--fail", "--request", method, f"{PROVIDER}/_sandbox/{path}"]
        if body is not None:
            command += ["--header", "Content-Type: application/json", "--data", json.dumps(body)]
        result = self.run(*command, check=check)
        return json.loads(result.stdout) if result.stdout else None

    def set_speed(self, speed):
        self.provider("PUT", "speed", {"speed": speed})

    # Jobs

    def register(self):
        """Makes the sample database known, with a dozen golden records."""
        self.run("mkdir", "-p", DATA)
        (self.container.path(DATA) / "sample.sqlite").write_bytes((self.sample / "sample.sqlite").read_bytes())
        self.connection = self.ask("POST", "database-connections", {
            "alias": "sample", "connection_uri": f"sqlite://{DATA}/sample.sqlite"})["id"]
        self.ask("POST", "table-descriptions/sync-schemas", {"db_connection_id": self.connection})
        with open(self.sample / "golden.jsonl") as file:
            records = [json.loads(line) | {"db_connection_id": self.connection} for line, _ in zip(file, range(12))]
        self.ask("POST", "golden-records", records)

    def order(self):
        self.jobs += 1
        return self.ask("POST", "finetunings", self.order_body(f"job-{self.jobs}"))["id"]

    def order_body(self, alias):
        return {
            "db_connection_id": self.connection, "alias": alias, "base_llm": {"model_parameters": {"n_epochs": 1}}}

    def order_under_way(self):
        """A job that the provider has, and will have until it is told to hurry."""
        self.set_speed(SLOW)
        id = self.order()
        wait_until(lambda: self.finetuning(id)["finetuning_job_id"], "the provider's job", JOB_SECONDS)
        return id

    def finetuning(self, id):
        return self.ask("GET", f"finetunings/{id}")

    def finish(self, id, status="succeeded"):
        self.set_speed(FAST)
        ends = ("succeeded", "failed", "cancelled")
        end = wait_until(
            lambda: (found := self.finetuning(id))["status"] in ends and found, "the job's end", JOB_SECONDS, pause=0.3)
        if end["status"] != status:
            raise Failed(f"the job {end['status']}: {end['error']}")
        return end

    def jobs_made(self):
        return self.provider("GET", "status")["jobs_created"]


def require(is_true, problem):
    if not is_true:
        raise Failed(problem)


def repacked(package, version, folder):
    """The same package under another version."""
    stage = folder / "repacked"
    subprocess.run(["dpkg-deb", "--raw-extract", package, stage], check=True)
    control = stage / "DEBIAN/control"
    control.write_text(re.sub(r"(?m)^Version: .*", f"Version: {version}", control.read_text()))
    target = folder / f"finetuned_{version}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", stage, target], check=True, capture_output=True)
    return target


def now():
    return time.monotonic()
