"""Many jobs at once: how fast the daemon stops in the midst of them, and how many requests they make."""

import os
import time

from programs import Stage, wait_until

JOBS = int(os.environ.get("CRASH_LOAD", "1000"))
PACE = 100
STOP_SECONDS = 10
LOOK_SECONDS = 5
SLOW = 0.001
FAST = 1000


def many_jobs(folder, work, sample):
    """What was found, as (what, value, whether that is right)."""
    stage = Stage(folder, work, sample, speed=SLOW, pace=PACE)
    try:
        ids = [stage.order(f"job {number}") for number in range(JOBS)]
        wait_until(lambda: stage.sandbox.counts()["jobs_created"] > JOBS // 20, "the first jobs")
        uploading = [f"{stop(stage):.1f} s" for _ in range(3)]
        wait_until(lambda: stage.sandbox.counts()["jobs_created"] >= JOBS, "all jobs at the provider", 600)
        rate = request_rate(stage)
        polling = stop(stage)
        memory = resident_megabytes(stage.daemon.process.pid)
        stage.sandbox.control("PUT", "speed", {"speed": FAST})
        wait_until(lambda: counts(stage)["succeeded"] == JOBS, "the end of all jobs", 600)
        made = stage.sandbox.counts()
        return [
            ("jobs in flight", JOBS, len(ids) == JOBS),
            ("stops while files are sent", ", ".join(uploading), all(float(s[:-2]) <= STOP_SECONDS for s in uploading)),
            ("stop while all are polled", f"{polling:.1f} s", polling <= STOP_SECONDS),
            (f"requests a second, {PACE} allowed", f"{rate:.0f}", rate <= PACE * 1.1),
            ("resident memory after the restart", f"{memory} MB", memory < 500),
            ("jobs and files made", f"{made['jobs_created']}, {made['files_created']}",
             made["jobs_created"] == made["files_created"] == JOBS),
        ]
    finally:
        stage.close()


def stop(stage):
    """Seconds that the daemon takes to end; it is started again afterwards."""
    started = time.monotonic()
    stage.daemon.process.terminate()
    code = stage.daemon.process.wait(60)
    seconds = time.monotonic() - started
    stage.daemon.start()
    return seconds if code == 0 else float("inf")


def request_rate(stage):
    first, started = stage.sandbox.counts()["requests"], time.monotonic()
    time.sleep(LOOK_SECONDS)
    return (stage.sandbox.counts()["requests"] - first) / (time.monotonic() - started)


def counts(stage):
    time.sleep(0.2)
    return stage.daemon.ask("GET", "status")["finetunings"]


def resident_megabytes(process):
    with open(f"/proc/{process}/status") as file:
        return int(next(line for line in file if line.startswith("VmRSS")).split()[1]) // 1024
