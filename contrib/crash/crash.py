"""Runs the crash matrix, the fault matrix and the random kills, and prints what came of them."""

import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

from damage import damaged_states
from disk import full_disk
from host import clock_that_jumps, failing_disk, few_descriptors
from load import many_jobs
from programs import Failed, Stage, wait_until
from providers import stalled_provider
from restored import restored_states
from scenarios import CALLS, ENDS, FAULTS, FINAL, FURTHER_STEPS, PROMOTED, STEPS, Expected
from tables import PROJECT, print_facts, print_table, programs_folder

SAMPLE = PROJECT / "contrib" / "sample"
PARALLEL = int(os.environ.get("CRASH_PARALLEL", "3"))
KILLS = int(os.environ.get("CRASH_KILLS", "500"))
JOBS = int(os.environ.get("CRASH_JOBS", "60"))
LONGEST_LIFE_SECONDS = 0.4


class Row:
    """One case: what the sandbox and the ledger count at its end, and what is wrong with that."""

    def __init__(self, name, scenario):
        self.name = name
        self.scenario = scenario
        self.counts = ["-"] * 5
        self.problems = []

    def judge(self, stage, id, expected):
        counts = stage.sandbox.counts()
        files = [file["id"] for file in stage.ledger("file") if file["state"] != "removed"]
        left = [file["id"] for file in stage.sandbox.provider("files")["data"] if file["purpose"] == "fine-tune"]
        status = stage.finetuning(id)["status"] if expected.status else "deleted"
        self.counts = [status, stage.daemon.deaths, counts["jobs_created"], counts["files_created"], len(files)]
        self.require(expected.status in (None, status), f"it {status}, not {expected.status}")
        self.require(counts["jobs_created"] == expected.jobs, f"{counts['jobs_created']} jobs, not {expected.jobs}")
        self.require(counts["files_created"] == expected.files, f"{counts['files_created']} files made")
        self.require(len(files) == expected.files_left, f"{len(files)} files in the ledger")
        self.require(set(left) == set(files), "the ledger does not list the files that are there")
        self.require(len(stage.ledger("job")) == expected.jobs, "the ledger does not list the jobs that were made")
        self.require_promotions(stage, expected.promotions)

    def require_promotions(self, stage, expected):
        """Each promotion was made once, by one evaluation that asked each question once, and told once."""
        if not expected:
            return
        history = stage.daemon.ask("GET", f"models/{PROMOTED}/history")
        self.require(len(history) == expected, f"{len(history)} promotions, not {expected}")
        evaluations = stage.daemon.ask("GET", "evaluations")
        self.require(len(evaluations) == expected, f"{len(evaluations)} evaluations")
        self.require(all(e["answers"] == e["needed_answers"] for e in evaluations), "answers are missing")
        told = [line["event"] for line in stage.daemon.stream("events") if "event" in line]
        self.require(told.count("promoted") == expected, f"told {told.count('promoted')} times of it")

    def require(self, is_true, problem):
        if not is_true:
            self.problems.append(problem)

    def cells(self):
        return [self.name, self.scenario, *map(str, self.counts), "; ".join(self.problems) or "ok"]


HEADINGS = ["", "job", "status", "deaths", "jobs made", "files made", "files left", "verdict"]


def play(row, place, scenario, expected, fail_point=None, prepare=lambda stage: None):
    """Plays one case to its end. Whatever goes wrong is the row's problem."""
    stage = None
    try:
        stage = Stage(programs_folder.found, place, SAMPLE, fail_point)
        prepare(stage)
        id = scenario(stage)
        row.require(not fail_point or stage.daemon.deaths == 1, "the daemon did not die there once")
        row.judge(stage, id, expected)
    except Exception as error:
        row.problems.append(str(error) if isinstance(error, Failed) else traceback.format_exc(limit=-3))
    finally:
        if stage:
            stage.close()
    return row


def crash_matrix(work, text):
    require_all_points()
    with ThreadPoolExecutor(PARALLEL) as pool:
        cases = [
            pool.submit(
                play, Row(point, scenario.__name__), work / f"{point}.{scenario.__name__}", scenario,
                ENDS.get(scenario, Expected()), point)
            for step, scenario in [*STEPS.items(), *FURTHER_STEPS.items()] for point in points(step)
            if text in point or text in scenario.__name__
        ]
        return [case.result() for case in cases]


def points(step):
    """Both sides of a step: `commit.uploaded.before:2` for `commit.uploaded:2`."""
    name, colon, passage = step.partition(":")
    return [f"{name}.{side}{colon}{passage}" for side in ("before", "after")]


def require_all_points():
    environment = os.environ | {"FINETUNED_FAIL_POINT": "none"}
    with tempfile.TemporaryDirectory() as place:
        command = [programs_folder.found / "finetuned", "--socket", f"{place}/socket", "--state-directory", place]
        told = subprocess.run(command, capture_output=True, text=True, env=environment).stderr
    known = {word.rsplit(".", 1)[0] for word in told.split() if word.startswith(("commit.", "call."))}
    if known != set(STEPS):
        sys.exit(f"the matrix and the daemon know different fail points: {sorted(known ^ set(STEPS))}")


def fault_matrix(work, text):
    with ThreadPoolExecutor(PARALLEL) as pool:
        cases = []
        for call, (request, passing, scenario) in CALLS.items():
            for name, fault in FAULTS.items():
                row = Row(f"{call}: {name}", scenario.__name__)
                if text not in row.name or (name == "403 final" and (call, name) not in FINAL):
                    continue
                expected = FINAL.get((call, name)) or ENDS.get(scenario, Expected())
                prepare = lambda stage, request=request, fault=fault, passing=passing: stage.sandbox.inject(
                    *request, fault, times=2, skip=passing)
                place = work / f"{len(cases)}"
                cases.append(
                    pool.submit(play, row, place, scenario, expected, prepare=prepare))
        return [case.result() for case in cases]


def random_kills(work):
    """One long life of one state: orders come in all the time, and the daemon dies all the time."""
    seed = int(os.environ.get("CRASH_SEED", random.randrange(1 << 32)))
    chance = random.Random(seed)
    row = Row(f"{KILLS} kills, {JOBS} jobs, seed {seed}", "random moments")
    stage = Stage(programs_folder.found, work / "kills", SAMPLE, speed=20)
    try:
        accepted = []
        killer = Killer(stage.daemon, chance)
        killer.start()
        while len(accepted) < JOBS or killer.is_alive():
            if len(accepted) < JOBS and killer.kills >= len(accepted) * KILLS // JOBS:
                accepted.append(stage.order(f"job {len(accepted)}"))
            else:
                stage.daemon.ask("GET", "heartbeat")
                time.sleep(0.02)
        ends = [stage.wait_for_end(id) for id in accepted]
        judge_kills(row, stage, ends)
    except Exception:
        row.problems.append(traceback.format_exc(limit=-3))
    finally:
        stage.close()
    return [row]


def judge_kills(row, stage, ends):
    counts = stage.sandbox.counts()
    files = stage.ledger("file")
    succeeded = sum(1 for end in ends if end["status"] == "succeeded")
    row.counts = [f"{succeeded} succeeded", stage.daemon.deaths, counts["jobs_created"], counts["files_created"], len(files)]
    row.require(succeeded == JOBS, f"{JOBS - succeeded} jobs did not succeed")
    row.require(counts["jobs_created"] == JOBS, f"{counts['jobs_created']} jobs made")
    row.require(len({end["finetuning_job_id"] for end in ends}) == JOBS, "two finetunings share a job")
    row.require(counts["files_created"] == len(files) == JOBS, "files made, and files in the ledger")
    row.require(len(stage.daemon.ask("GET", "finetunings?limit=1000")) == JOBS, "accepted orders and finetunings")
    row.require(stage.daemon.deaths == KILLS, "deaths and kills")


class Killer(threading.Thread):
    """Kills the daemon at random moments of its life, each time it lives again."""

    def __init__(self, daemon, chance):
        super().__init__(daemon=True)
        self.victim = daemon
        self.chance = chance
        self.kills = 0

    def run(self):
        while self.kills < KILLS:
            process = self.victim.process
            time.sleep(self.chance.uniform(0, LONGEST_LIFE_SECONDS))
            process.kill()
            self.kills += 1
            wait_until(lambda: self.victim.process is not process, "the next life")


def print_part(title, rows, seconds):
    if rows and isinstance(rows[0], Row):
        return print_table(title, HEADINGS, [(row.cells(), bool(row.problems)) for row in rows], seconds)
    return print_facts(title, rows, seconds)


def main(arguments):
    which, text = (arguments + ["", ""])[:2]
    parts = {
        "crashes": ("Crash matrix", lambda work: crash_matrix(work, text)),
        "faults": ("Fault matrix", lambda work: fault_matrix(work, text)),
        "kills": ("Random kills", random_kills),
        "load": ("Many jobs", lambda work: many_jobs(programs_folder.found, work, SAMPLE)),
        "disk": ("A full disk", lambda work: full_disk(programs_folder.found, work, SAMPLE)),
        "fsync": ("A disk that fails", lambda work: failing_disk(programs_folder.found, work, SAMPLE)),
        "damage": ("A damaged state", lambda work: damaged_states(programs_folder.found, work, SAMPLE)),
        "restore": ("A state put back", lambda work: restored_states(programs_folder.found, work, SAMPLE)),
        "clock": ("A clock that jumps", lambda work: clock_that_jumps(programs_folder.found, work, SAMPLE)),
        "files": ("Few file descriptors", lambda work: few_descriptors(programs_folder.found, work, SAMPLE)),
        "providers": ("A provider that stalls", lambda work: stalled_provider(programs_folder.found, work, SAMPLE)),
    }
    if which and which not in parts:
        sys.exit(f"crash test: {which} is none of {', '.join(parts)}")
    programs_folder.found = programs_folder()
    bad = 0
    with tempfile.TemporaryDirectory(prefix="finetuned-crash.") as folder:
        for name, (title, part) in parts.items():
            if which in ("", name):
                started = time.monotonic()
                rows = part(pathlib.Path(folder) / name)
                bad += print_part(title, rows, time.monotonic() - started)
    sys.exit(1 if bad else 0)


main(sys.argv[1:])
