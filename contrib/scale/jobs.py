"""Ten thousand unfinished jobs: what they take up, and whether a connection with ten of them is starved."""

import os
import time
from collections import Counter
from urllib.parse import urlparse

from measure import connections_to, median, resident_megabytes
from programs import Stage, wait_until

JOBS = int(os.environ.get("SCALE_JOBS", "10000"))
PACE = int(os.environ.get("SCALE_PACE", "500"))
FEW = 10
LOOK_SECONDS = 10
STOP_SECONDS = 10
CONNECTIONS = 8
SLOW = 0.0005
FAST = 2000
# Jobs of one connection under poll must be looked at this often, however many the others have.
FEW_SECONDS = 10


def many_jobs(folder, work, sample):
    """What was found, as (what, value, whether that is right)."""
    stage = Stage(folder, work, sample, speed=SLOW, pace=PACE, timeout=30, settle=3)
    try:
        few = stage.register(sample, "few")
        started = time.monotonic()
        for number in range(JOBS - FEW):
            stage.order(f"job {number}")
        ordered = time.monotonic() - started
        at_provider(stage, JOBS - FEW)
        submitted = time.monotonic() - started
        started = time.monotonic()
        favourites = [stage.order(f"few {number}", few) for number in range(FEW)]
        wait_until(lambda: all(stage.finetuning(id)["finetuning_job_id"] for id in favourites), "the ten jobs", 300)
        few_submitted = time.monotonic() - started
        facts = [
            ("unfinished jobs", f"{JOBS - FEW} of one connection, {FEW} of another", True),
            ("ordered, one after the other", f"{ordered:.0f} s", True),
            ("all at the provider", f"after {submitted:.0f} s", True),
            (f"the {FEW} at the provider, among the others", f"{few_submitted:.1f} s", few_submitted < 60),
            *steady_state(stage, favourites),
        ]
        stopped = stop(stage)
        started = time.monotonic()
        stage.daemon.start()
        facts += [
            ("stop in the midst of it", f"{stopped:.1f} s", stopped <= STOP_SECONDS),
            ("start again", f"{time.monotonic() - started:.1f} s", True),
        ]
        stage.sandbox.control("PUT", "speed", {"speed": FAST})
        started = time.monotonic()
        wait_until(lambda: succeeded(stage) == JOBS, "the end of all jobs", 3600)
        made = stage.sandbox.counts()
        return facts + [
            ("the end of all, once the provider hurries", f"after {time.monotonic() - started:.0f} s", True),
            ("jobs and files made", f"{made['jobs_created']}, {made['files_created']}",
             made["jobs_created"] == made["files_created"] == JOBS),
            ("resident memory at the end", f"{resident_megabytes(stage.daemon.process.pid)} MB", True),
        ]
    finally:
        stage.close()


def at_provider(stage, jobs):
    def is_so():
        time.sleep(0.5)
        return stage.sandbox.counts()["jobs_created"] >= jobs
    wait_until(is_so, "all jobs at the provider", 3600)


def steady_state(stage, favourites):
    """Ten thousand jobs that are polled."""
    port = urlparse(stage.sandbox.url).port
    names = {stage.finetuning(id)["finetuning_job_id"] for id in favourites}
    limits = stage.daemon.ask("GET", "status")["limits"]["providers"][0]
    first, started = stage.sandbox.counts()["requests"], time.monotonic()
    polls, open_connections, seen = Counter(), [], None
    while time.monotonic() - started < LOOK_SECONDS:
        seen = count_polls(stage, seen, polls)
        open_connections.append(connections_to(port))
    seconds = time.monotonic() - started
    rate = (stage.sandbox.counts()["requests"] - first) / seconds
    mine = [polls[name] for name in names]
    others = sum(polls.values()) - sum(mine)
    waits = f"{seconds / (sum(mine) / FEW):.1f} s" if sum(mine) else "never"
    process = stage.daemon.process.pid
    return [
        ("requests a second", f"{rate:.0f}, {limits['requests_per_second']} allowed", rate <= PACE * 1.1),
        # One more is the test's own.
        ("connections to the provider", f"at most {max(open_connections)}, {limits['connections']} allowed",
         max(open_connections) <= CONNECTIONS + 1),
        ("resident memory", f"{resident_megabytes(process)} MB", True),
        (f"time between two polls of one of the {FEW}", waits, bool(min(mine)) and seconds / min(mine) < FEW_SECONDS),
        ("polls of the others in that time", f"{others}", others > 0),
        ("status meanwhile", f"{median(stage.daemon, 'GET', 'status'):.0f} µs", True),
        ("finetunings, middle page, meanwhile",
         f"{median(stage.daemon, 'GET', f'finetunings?page={JOBS // 20}'):.0f} µs", True),
    ]


def count_polls(stage, seen, polls):
    """Adds the polls since the last look. The log holds the last thousand requests, so looks must be frequent."""
    log = stage.sandbox.control("GET", "requests")["data"]
    total = stage.sandbox.counts()["requests"]
    new = log if seen is None else log[max(0, len(log) - (total - seen)):]
    for entry in new:
        parts = entry["path"].split("/")
        if entry["method"] == "GET" and len(parts) == 5 and parts[3] == "jobs":
            polls[parts[4]] += 1
    return total


def stop(stage):
    started = time.monotonic()
    stage.daemon.process.terminate()
    code = stage.daemon.process.wait(60)
    return time.monotonic() - started if code == 0 else float("inf")


def succeeded(stage):
    time.sleep(0.5)
    return stage.daemon.ask("GET", "status")["finetunings"]["succeeded"]
