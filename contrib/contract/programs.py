"""The programs under check: where they are, and how they are started and stopped."""

import json
import os
import pathlib
import secrets
import select
import subprocess
import time
import urllib.request
from contextlib import contextmanager

START_SECONDS = 30
STOP_SECONDS = 15
COMMAND_SECONDS = 60
JOB_SECONDS = 180
LOOK_AGAIN_SECONDS = 0.05
LINES_OF_LOG = 40


class CheckFailed(Exception):
    """The check found something that it can name; no fault of the check itself."""


def binaries_folder(root):
    given = os.environ.get("FINETUNE_BIN")
    if given:
        return pathlib.Path(given)
    command = ["swift", "build", "--package-path", root, "--show-bin-path"]
    return pathlib.Path(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())


def program(folder, name):
    path = folder / name
    if not path.exists():
        raise CheckFailed(f"{name} is not built: run `swift build` first, or set FINETUNE_BIN")
    return str(path)


def wait_until(condition, what, seconds=JOB_SECONDS):
    """Looks until `condition` gives something true, and returns that."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise CheckFailed(f"waited {seconds} s in vain for {what}")
        time.sleep(LOOK_AGAIN_SECONDS)
    return found


class Sandbox:
    """A provider of our own; `control` is its way in for tests."""

    def __init__(self, base_url, api_key):
        self.base_url = base_url
        self.api_key = api_key

    def set_speed(self, factor):
        self.control("PUT", "speed", {"speed": factor})

    def inject(self, fault, path):
        """Lets the next POST to `path` go wrong."""
        self.control("POST", "faults", {"method": "POST", "path": path, "fault": fault})

    def jobs_created(self):
        return self.control("GET", "status")["jobs_created"]

    def control(self, method, path, body=None):
        url = f"{self.base_url.removesuffix('/v1')}/_sandbox/{path}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=COMMAND_SECONDS) as response:
            return json.load(response)


@contextmanager
def running_sandbox(folder, log_folder, speed):
    api_key = f"sk-{secrets.token_hex(16)}"
    command = [program(folder, "finetune-sandbox"), "--port", "0", "--api-key", api_key, "--speed", str(speed)]
    with running(command, log_folder / "sandbox.log", stdout=subprocess.PIPE) as process:
        line = first_line(process, "finetune-sandbox")
        yield Sandbox(line.rsplit(" ", 1)[-1], api_key)


class Daemon:
    """`finetunectl` on the daemon's socket."""

    def __init__(self, finetunectl, socket):
        self._command = [finetunectl, "--socket", str(socket), "--json"]

    def run(self, *arguments, expected_exit=0):
        done = self._done(arguments)
        if done.returncode != expected_exit:
            raise CheckFailed(
                f"finetunectl {' '.join(map(str, arguments))} ended with {done.returncode}, "
                f"not {expected_exit}: {done.stderr.strip() or done.stdout.strip()}"
            )
        return done.stdout

    def read(self, *arguments):
        return json.loads(self.run(*arguments))

    def answers(self):
        return self._done(["status"]).returncode == 0

    def _done(self, arguments):
        command = [*self._command, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=JOB_SECONDS, check=False)


@contextmanager
def running_daemon(folder, work, base_url, api_key, sample):
    configuration = work / "finetuned.yaml"
    configuration.write_text(
        f"providers:\n  openai:\n    base_url: {base_url}\n"
        f"allowed_database_paths:\n  - {sample.parent}\n"
    )
    socket = work / "finetuned.sock"
    command = [program(folder, "finetuned"), "--config", configuration, "--socket", socket]
    command += ["--state-directory", work / "state"]
    environment = os.environ | {"OPENAI_API_KEY": api_key}
    log = work / "finetuned.log"
    daemon = Daemon(program(folder, "finetunectl"), socket)
    with running(command, log, stdout=subprocess.DEVNULL, env=environment) as process:
        try:
            wait_until(lambda: process.poll() is not None or daemon.answers(), "the daemon to answer", START_SECONDS)
            if process.poll() is not None:
                raise CheckFailed(f"finetuned ended with {process.returncode} at its start")
            yield daemon
        except CheckFailed as failure:
            raise CheckFailed(f"{failure}\nthe end of the daemon's log:\n{end_of(log)}") from failure


@contextmanager
def running(command, log, **options):
    """The program, told to stop at the end whatever happened; what it writes on standard error goes to `log`."""
    with open(log, "ab") as errors:
        process = subprocess.Popen(list(map(str, command)), stderr=errors, **options)
    try:
        yield process
    finally:
        stop(process)


def stop(process):
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


def first_line(process, name):
    ready, _, _ = select.select([process.stdout], [], [], START_SECONDS)
    line = process.stdout.readline().decode().strip() if ready else ""
    if not line:
        raise CheckFailed(f"{name} did not say where it listens")
    return line


def end_of(log):
    return "\n".join(log.read_text(errors="replace").splitlines()[-LINES_OF_LOG:])
