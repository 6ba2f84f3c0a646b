"""A daemon with the sample database, and golden records without number for it."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
START_SECONDS = 30
# A question and its SQL, with places for a number that makes each record unlike the others.
TEMPLATES = (
    ("Which systems were first released after {year}, as asked under number {n}?",
     "SELECT name, first_year FROM systems WHERE first_year > {year} AND id <> {n} ORDER BY first_year, name"),
    ("How many systems does each organization beyond number {n} make?",
     "SELECT o.name, count(*) FROM organizations AS o JOIN systems AS s ON s.organization_id = o.id "
     "WHERE o.id > {n} GROUP BY o.id ORDER BY count(*) DESC, o.name"),
    ("Who was born in {year} and is not person {n}?",
     "SELECT name FROM people WHERE born_year = {year} AND id <> {n} ORDER BY name"),
    ("Which open source systems written in C have an id of more than {n}?",
     "SELECT name, licence FROM systems WHERE openness = 'open source' AND written_in = 'C' AND id > {n}"),
    ("What did acquirer {n} pay in {year}?",
     "SELECT sum(price_million_dollars) FROM acquisitions WHERE acquirer_id = {n} AND year = {year}"),
    ("Which people are affiliated with organization {n}?",
     "SELECT p.name FROM people AS p JOIN affiliations AS a ON a.person_id = p.id WHERE a.organization_id = {n}"),
    ("Name the {n} oldest systems by architecture.",
     "SELECT architecture, name FROM systems ORDER BY first_year LIMIT {n}"),
    ("How many relational systems appeared in {year} or later, without system {n}?",
     "SELECT count(*) FROM systems WHERE data_model = 'relational' AND first_year >= {year} AND id <> {n}"),
)


def write_records(path, count):
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            question, sql = TEMPLATES[number % len(TEMPLATES)]
            values = {"n": number, "year": 1950 + number % 75}
            file.write(json.dumps({"prompt_text": question.format(**values), "sql": sql.format(**values)}) + "\n")


class SampleDaemon:
    """A daemon with the sample database, in a directory of its own."""

    def __init__(self, programs, place):
        self.programs = programs
        self.place = place
        database = place / "sample.sqlite"
        shutil.copy(ROOT / "contrib/sample/sample.sqlite", database)
        (place / "finetuned.yaml").write_text(f"allowed_database_paths: [{place}]\n")
        command = [programs / "finetuned", "--config", place / "finetuned.yaml", "--socket", place / "socket",
                   "--state-directory", place / "state"]
        self.log = open(place / "daemon.log", "wb")
        self.process = subprocess.Popen(command, stderr=self.log, env=os.environ | {"OPENAI_API_KEY": "unused"})
        deadline = time.monotonic() + START_SECONDS
        while not (place / "socket").exists():
            if time.monotonic() > deadline or self.process.poll() is not None:
                sys.exit((place / "daemon.log").read_text())
            time.sleep(0.05)
        self.control("connection", "add", "--alias", "history", "--uri", database)
        self.control("table", "scan", "history")

    def control(self, *arguments):
        command = [self.programs / "finetunectl", "--socket", self.place / "socket", "--json", *arguments]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr)
        return json.loads(done.stdout)

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_megabytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        self.log.close()
