"""Ten thousand unfinished jobs: what they take up, and whether a connection with ten of them is starved."""

import json
import os
import statistics
import time
from collections import Counter
from urllib.parse import urlparse

from measure import JUDGES_TIMES, connections_to, resident_megabytes, round_trips
from programs import Stage, wait_until

JOBS = int(os.environ.get("SCALE_JOBS", "10000"))
PACE = int(os.environ.get("SCALE_PACE", "500"))
FEW = 10
LOOK_SECONDS = 10
STOP_SECONDS = 10
CONNECTIONS = 8
MEGABYTES = 300
SLOW = 0.0005
FAST = 2000
WAIT_SECONDS = 3600
# So many more looks at a job of the connection that has few, than at a job of the one that has all the others.
FAVOUR = 2


class SmallStage(Stage):
    """A stage whose training files are short, since thousands of them are made: one table, and questions about it."""

    TABLES = ["systems"]
    most_connections = 0

    def golden(self, sample):
        with open(sample / "golden.jsonl") as file:
            records = [json.loads(line) for line in file]
        alone = [record for record in records if "FROM systems" in record["sql"] and "JOIN" not in record["sql"]]
        return alone[:self.RECORDS]


def many_jobs(folder, work, sample):
    """What was found, as (what, value, whether that is right)."""
    stage = SmallStage(folder, work, sample, speed=SLOW, pace=PACE, timeout=10)
    try:
        facts = submit(stage, sample)
        facts += restart(stage)
        facts += finish(stage)
        return facts
    finally:
        stage.close()


def submit(stage, sample):
    few = stage.register(sample, "few")
    started = time.monotonic()
    for number in range(JOBS - FEW):
        stage.order(f"job {number}")
    ordered = time.monotonic() - started
    wait_for_jobs(stage, JOBS - FEW)
    submitted = time.monotonic() - started
    started = time.monotonic()
    favourites = [stage.order(f"few {number}", few) for number in range(FEW)]
    wait_for_jobs(stage, JOBS)
    few_submitted = time.monotonic() - started
    return [
        ("unfinished jobs", f"{JOBS - FEW} of one connection, {FEW} of another", True),
        ("ordered, one after the other", f"in {ordered:.0f} s", True),
        ("all at the provider", f"after {submitted:.0f} s", True),
        (f"the {FEW} at the provider, once the others are polled", f"after {few_submitted:.1f} s", True),
        *steady_state(stage, favourites),
    ]


def wait_for_jobs(stage, jobs):
    def are_there():
        time.sleep(0.2)
        look_at_connections(stage)
        return stage.sandbox.counts()["jobs_created"] >= jobs
    wait_until(are_there, f"{jobs} jobs at the provider", WAIT_SECONDS)


def look_at_connections(stage):
    now = connections_to(urlparse(stage.sandbox.url).port, stage.daemon.process.pid)
    stage.most_connections = max(stage.most_connections, now)


def steady_state(stage, favourites):
    """All jobs are at the provider, and are polled."""
    names = {stage.finetuning(id)["finetuning_job_id"] for id in favourites}
    limits = stage.daemon.ask("GET", "status")["limits"]["providers"][0]
    polls = Counter()
    first, started = stage.sandbox.counts()["requests"], time.monotonic()
    seen = count_polls(stage, None, polls)
    while time.monotonic() - started < LOOK_SECONDS:
        time.sleep(0.3)
        look_at_connections(stage)
        seen = count_polls(stage, seen, polls)
    counts = stage.sandbox.counts()
    seconds = time.monotonic() - started
    rate = (counts["requests"] - first) / seconds
    of_few = sum(polls[name] for name in names) / FEW
    of_others = (sum(polls.values()) - sum(polls[name] for name in names)) / (JOBS - FEW)
    memory = resident_megabytes(stage.daemon.process.pid)
    return [
        ("requests a second", f"{rate:.0f}, {limits['requests_per_second']} allowed", rate <= PACE),
        ("the most in any second so far", f"{counts['most_requests_in_a_second']}",
         counts["most_requests_in_a_second"] <= most_in_a_second(limits)),
        ("connections to the provider", f"at most {stage.most_connections}, {limits['connections']} allowed",
         0 < stage.most_connections <= limits["connections"] == CONNECTIONS),
        ("the most that the provider saw at a time", f"{counts['most_connections']}",
         counts["most_connections"] <= limits["connections"]),
        ("resident memory", f"{memory} MB", memory < MEGABYTES),
        (f"looks at a job in {LOOK_SECONDS} s", f"{of_few:.1f} of the {FEW}, {of_others:.2f} of the others",
         of_others > 0 and of_few > FAVOUR * of_others),
        *reads_meanwhile(stage, favourites),
    ]


def most_in_a_second(limits):
    """As the provider sees them: a stall may hold one back on each connection, which come on top of a second's share."""
    pace = limits["requests_per_second"]
    return max(pace, pace * 1.05 // 1.1 + limits["connections"])


def reads_meanwhile(stage, favourites):
    facts = []
    reads = {
        "heartbeat": "heartbeat",
        "status": "status",
        "a finetuning": f"finetunings/{favourites[0]}",
        "finetunings, middle page": f"finetunings?page={max(JOBS // 20, 1)}",
        "running finetunings, last page": f"finetunings?status=queued&page={max(JOBS // 10, 1)}",
        "provider objects, middle page": f"provider-objects?page={max(JOBS // 10, 1)}",
    }
    for name, path in reads.items():
        times = sorted(round_trips(stage.daemon, "GET", path))
        late = times[len(times) * 99 // 100]
        facts.append((f"{name}, meanwhile", f"{statistics.median(times):.0f} µs, {late / 1000:.1f} ms at the 99th of 100",
                      True))
    return facts


def count_polls(stage, seen, polls):
    """Adds the polls since the last look. The log holds the last thousand requests, so looks must be frequent."""
    log = stage.sandbox.control("GET", "requests")["data"]
    total = stage.sandbox.counts()["requests"]
    new = [] if seen is None else log[max(0, len(log) - (total - seen)):]
    for entry in new:
        parts = entry["path"].split("/")
        if entry["method"] == "GET" and len(parts) == 5 and parts[3] == "jobs":
            polls[parts[4]] += 1
    return total


def restart(stage):
    started = time.monotonic()
    stage.daemon.process.terminate()
    code = stage.daemon.process.wait(60)
    stopped = time.monotonic() - started
    started = time.monotonic()
    stage.daemon.start()
    return [
        ("stop in the midst of it", f"exit {code} after {stopped:.1f} s",
         code == 0 and (stopped <= STOP_SECONDS or not JUDGES_TIMES)),
        ("start again", f"{time.monotonic() - started:.1f} s", True),
    ]


def finish(stage):
    stage.sandbox.control("PUT", "speed", {"speed": FAST})
    started = time.monotonic()
    wait_until(lambda: succeeded(stage) == JOBS, "the end of all jobs", WAIT_SECONDS)
    took = time.monotonic() - started
    made = stage.sandbox.counts()
    memory = resident_megabytes(stage.daemon.process.pid)
    return [
        ("the end of all, once the provider hurries", f"after {took:.0f} s", True),
        ("jobs and files made", f"{made['jobs_created']}, {made['files_created']}",
         made["jobs_created"] == made["files_created"] == JOBS),
        ("resident memory at the end", f"{memory} MB", memory < MEGABYTES),
    ]


def succeeded(stage):
    time.sleep(0.2)
    return stage.daemon.ask("GET", "status")["finetunings"]["succeeded"]
