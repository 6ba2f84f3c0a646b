"""The sandbox and the daemon under test: started, asked, killed and started again."""

import copy
import json
import os
import secrets
import select
import shutil
import signal
import socket
import subprocess
import time
import urllib.request

START_SECONDS = 30
ANSWER_SECONDS = 30
END_SECONDS = 90
LOOK_AGAIN_SECONDS = 0.02

# Short times, so that a case takes a second or two. The settle time is a quarter longer than a request may take.
CONFIGURATION = """\
log_level: info
allowed_database_paths: [{place}]
providers:
  openai:
    base_url: {url}
    timeout: {timeout}
    upload_timeout: {timeout}
    requests_per_second: {pace}
    poll_shortest: 0.03
    poll_longest: 0.2
    retry_shortest: 0.05
    retry_longest: 0.4
    key_recheck: 0.4
{others}"""

# A second provider that is as patient as the first; the model has to be known.
OTHER = """\
  other:
    base_url: {url}
    timeout: 1
    upload_timeout: 1
    poll_shortest: 0.03
    poll_longest: 0.2
models: [{place}/models.yaml]
"""

MODELS = """\
date: 2026-01-01
models:
  - {provider: other, name: gpt-4o-mini-2024-07-18, context_tokens: 128000, training_tokens_per_example: 65536, vocabulary: o200k_base}
"""


class Failed(Exception):
    """Something is not as it was promised."""


class Refused(Exception):
    """The daemon answered, and refused."""

    def __init__(self, status, body):
        super().__init__(f"{status} {body['error_code']}: {body['message']}")
        self.status = status


def wait_until(condition, what, seconds=END_SECONDS):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise Failed(f"waited {seconds} s in vain for {what}")
        time.sleep(LOOK_AGAIN_SECONDS)
    return found


class Sandbox:
    """The provider. `control` is its way in for tests; `counts` is what it made, as it says itself."""

    def __init__(self, folder, speed):
        self.key = f"sk-{secrets.token_hex(12)}"
        command = [f"{folder}/finetune-sandbox", "--port", "0", "--api-key", self.key, "--speed", str(speed)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        ready, _, _ = select.select([self.process.stdout], [], [], START_SECONDS)
        line = self.process.stdout.readline().decode().strip() if ready else ""
        if not line:
            raise Failed("finetune-sandbox did not say where it listens")
        self.url = line.rsplit(" ", 1)[-1]

    def control(self, method, path, body=None):
        url = f"{self.url.removesuffix('/v1')}/_sandbox/{path}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as response:
            return json.load(response)

    def provider(self, path):
        request = urllib.request.Request(f"{self.url}/{path}", headers={"Authorization": f"Bearer {self.key}"})
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as response:
            return json.load(response)

    def inject(self, method, path, fault, times=1, skip=0):
        rule = {"method": method, "path": path, "skip": skip, "times": times, "fault": fault}
        self.control("POST", "faults", rule)

    def counts(self):
        return self.control("GET", "status")

    def stop(self):
        end(self.process)


class Daemon:
    """The daemon and a client that does not mind its death.

    `ask` starts a dead daemon again and repeats what it was asked: a POST under the idempotency key of its first
    sending. So a scenario reads the same whenever the daemon dies.
    """

    def __init__(self, folder, place, sandbox, fail_point=None, pace=1000, timeout=1, other=None,
                 environment=None, limits=None, configuration=CONFIGURATION):
        self.program = f"{folder}/finetuned"
        self.place = place
        self.sandbox = sandbox
        self.log = place / "finetuned.log"
        self.deaths = 0
        self.process = None
        self.lines = None
        self.environment = environment or {}
        self.limits = limits
        others = OTHER.format(place=place, url=other.url) if other else ""
        if other:
            self.environment |= {"OTHER_API_KEY": other.key}
            (place / "models.yaml").write_text(MODELS)
        (place / "finetuned.yaml").write_text(configuration.format(
            place=place, url=sandbox.url, pace=pace, timeout=timeout, others=others))
        self.start(fail_point)

    def start(self, fail_point=None):
        environment = os.environ | {"OPENAI_API_KEY": self.sandbox.key} | self.environment
        if fail_point:
            environment["FINETUNED_FAIL_POINT"] = fail_point
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command(), stderr=log, env=environment, preexec_fn=self.limits)
        wait_until(lambda: self.is_dead() or self.connects(), "the daemon to answer", START_SECONDS)
        if self.process.returncode not in (None, -signal.SIGKILL):
            raise Failed(f"the daemon did not start: {self.log.read_text().strip()}")

    def command(self):
        return [
            self.program, "--config", f"{self.place}/finetuned.yaml", "--socket", f"{self.place}/socket",
            "--state-directory", f"{self.place}/state"]

    def is_dead(self):
        return self.process.poll() is not None

    def connected(self):
        """Another client of the same daemon."""
        other = copy.copy(self)
        if not other.connects():
            raise Failed("the daemon does not answer")
        return other

    def connects(self):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(str(self.place / "socket"))
        except OSError:
            connection.close()
            return False
        self.socket = connection
        self.wait_for_answers(ANSWER_SECONDS)
        self.lines = connection.makefile("rwb")
        return True

    def wait_for_answers(self, seconds):
        """Waits so long for answers over this connection."""
        self.socket.settimeout(seconds)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def reload(self):
        if not self.is_dead():
            self.process.send_signal(signal.SIGHUP)

    def revive(self):
        code = self.process.wait(START_SECONDS)
        if code != -signal.SIGKILL:
            raise Failed(f"the daemon ended by itself, with {code}")
        self.deaths += 1
        self.start()

    def ask(self, method, path, body=None):
        request = {"id": 1, "method": method, "path": f"/api/v1/{path}"}
        if body is not None:
            request["body"] = body
        if method == "POST":
            request["idempotency_key"] = secrets.token_hex(16)
        while True:
            reply = self.once(request)
            if reply is None:
                self.revive()
            elif reply["status"] >= 400:
                raise Refused(reply["status"], reply["body"])
            else:
                return reply["body"]

    def stream(self, path):
        """All lines of a reply."""
        request = {"id": 1, "method": "GET", "path": f"/api/v1/{path}"}
        self.lines.write(json.dumps(request).encode() + b"\n")
        self.lines.flush()
        replies = [json.loads(self.lines.readline())]
        while replies[-1]["status"] == 206:
            replies.append(json.loads(self.lines.readline()))
        return [reply["body"] for reply in replies]

    def once(self, request):
        """The reply, or nothing if the daemon died over it."""
        try:
            self.lines.write(json.dumps(request).encode() + b"\n")
            self.lines.flush()
            line = self.lines.readline()
        except (BrokenPipeError, ConnectionResetError):
            return None
        return json.loads(line) if line.endswith(b"\n") else None

    def stop(self):
        end(self.process)


def end(process):
    process.terminate()
    try:
        process.wait(START_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


class Stage:
    """A place with a sandbox, a daemon, a database and its golden records."""

    RECORDS = 12
    # Of the database's tables, those that are described; all of them where there are none.
    TABLES = None

    def __init__(self, folder, place, sample, fail_point=None, speed=200, **options):
        place.mkdir(parents=True, exist_ok=True)
        self.place = place
        self.sandbox = Sandbox(folder, speed)
        try:
            self.daemon = Daemon(folder, place, self.sandbox, fail_point, **options)
            self.connection = self.register(sample)
        except BaseException:
            self.close()
            raise

    def register(self, sample, alias="sample"):
        shutil.copy(sample / "sample.sqlite", self.place)
        ask = self.daemon.ask
        connection = ask("POST", "database-connections", {
            "alias": alias, "connection_uri": f"sqlite://{self.place}/sample.sqlite"})["id"]
        ask("POST", "table-descriptions/sync-schemas", {"db_connection_id": connection, "table_names": self.TABLES})
        self.records = ask("POST", "golden-records", [
            record | {"db_connection_id": connection} for record in self.golden(sample)])
        return connection

    def golden(self, sample):
        with open(sample / "golden.jsonl") as file:
            return [json.loads(line) for line, _ in zip(file, range(self.RECORDS))]

    def order(self, alias, connection=None, provider="openai", held_out=0, auto_promote=None):
        order = {
            "db_connection_id": connection or self.connection, "alias": alias,
            "base_llm": {"model_provider": provider, "model_parameters": {"n_epochs": 1}},
        }
        if held_out:
            order["validation_golden_records"] = [record["id"] for record in self.records[:held_out]]
        if auto_promote:
            order["auto_promote"] = auto_promote
        return self.daemon.ask("POST", "finetunings", order)["id"]

    def finetuning(self, id):
        return self.daemon.ask("GET", f"finetunings/{id}")

    def ended(self, id):
        found = self.finetuning(id)
        return found if found["status"] in ("succeeded", "failed", "cancelled") else None

    def wait_for_end(self, id):
        return wait_until(lambda: self.ended(id), "the finetuning's end")

    def ledger(self, kind):
        return self.daemon.ask("GET", f"provider-objects?kind={kind}&limit=1000")

    def close(self):
        if hasattr(self, "daemon") and self.daemon.process:
            self.daemon.stop()
        self.sandbox.stop()
