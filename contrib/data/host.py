"""A sandbox and a daemon to take data sets through, and the data sets of a folder."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time

START_SECONDS = 30


class Host:
    """A sandbox, and a daemon that uses it."""

    def __init__(self, programs, place):
        self.programs, self.place, self.processes = programs, place, []
        key = f"sk-{secrets.token_hex(12)}"
        log = open(place / "log", "ab")
        sandbox = subprocess.Popen(
            [programs / "finetune-sandbox", "--port", "0", "--api-key", key, "--speed", "1000"],
            stdout=subprocess.PIPE, stderr=log, text=True)
        self.processes.append(sandbox)
        url = sandbox.stdout.readline().split()[-1]
        (place / "finetuned.yaml").write_text(
            f"allowed_database_paths: [{place}]\n"
            f"providers:\n  openai:\n    base_url: {url}\n    poll_shortest: 0.05\n    poll_longest: 0.2\n")
        command = [programs / "finetuned", "--config", place / "finetuned.yaml", "--socket", place / "socket",
                   "--state-directory", place / "state"]
        self.processes.append(subprocess.Popen(command, stderr=log, env=os.environ | {"OPENAI_API_KEY": key}))
        deadline = time.monotonic() + START_SECONDS
        while not (place / "socket").exists():
            if time.monotonic() > deadline:
                sys.exit((place / "log").read_text())
            time.sleep(0.05)

    def control(self, *arguments, may_fail=False):
        command = [self.programs / "finetunectl", "--socket", self.place / "socket", "--json", *arguments]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        if done.returncode and not may_fail:
            sys.exit(f"{' '.join(map(str, arguments))}: {done.stderr}{done.stdout}")
        return json.loads(done.stdout.splitlines()[-1]) if done.stdout else {}

    def register(self, name, database, pairs):
        """Registers a copy of a database, describes its tables, imports its pairs and has them run. How many there are."""
        copy = self.place / f"{name}.sqlite"
        shutil.copy(database, copy)
        self.control("connection", "add", "--alias", name, "--uri", copy)
        self.control("table", "scan", name)
        if pairs is None:
            return 0
        imported = self.control("record", "import", name, pairs, "--skip-bad")["imported"]
        self.control("record", "checks", name, "--wait")
        return imported

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
            process.wait(30)


def data_sets(folder):
    """Name, database and pairs of every set; no pairs where there are none."""
    for database in sorted(folder.rglob("*.sqlite")):
        name = database.stem
        places = [database.with_suffix(".jsonl"), database.parent / "golden.jsonl"]
        places += sorted(database.parent.parent.glob(f"*/{name}.jsonl"))
        yield name, database, next((place for place in places if place.exists()), None)
