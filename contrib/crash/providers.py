"""Two providers, one of which answers nothing: the other's jobs and all reads go on as if nothing were."""

import statistics
import time

from programs import Sandbox, Stage, wait_until

STALLED = 60
OTHERS = 20


def stalled_provider(folder, work, sample):
    """What was found, as (what, value, whether that is right)."""
    other = Sandbox(folder, 200)
    try:
        stage = Stage(folder, work, sample, other=other, timeout=5)
        try:
            return facts(stage, other)
        finally:
            stage.close()
    finally:
        other.stop()


def facts(stage, other):
    calm = run_jobs(stage, "calm")
    calm_reads = reads(stage)
    for method in ("GET", "POST"):
        stage.sandbox.inject(method, "/v1/**", {"type": "delay", "seconds": 600}, times=1_000_000)
    waiting = [stage.order(f"stalled {number}") for number in range(STALLED)]
    wait_until(lambda: stage.finetuning(waiting[0])["step"] == "uploading", "the first upload")
    beside = run_jobs(stage, "beside")
    stalled_reads = reads(stage)
    health = {one["name"]: one["state"] for one in stage.daemon.ask("GET", "status")["providers"]}
    stage.sandbox.control("DELETE", "faults")
    ends = [stage.wait_for_end(id)["status"] for id in waiting]
    made, others = stage.sandbox.counts()["jobs_created"], other.counts()["jobs_created"]
    return [
        (f"{OTHERS} jobs of the other, before", f"{calm:.1f} s", True),
        (f"{OTHERS} jobs of the other, while {STALLED} jobs wait for one that stalls", f"{beside:.1f} s",
         beside < 3 * calm + 5),
        ("a read, before", calm_reads, True),
        ("a read meanwhile", stalled_reads, True),
        ("health meanwhile", ", ".join(f"{name} {state}" for name, state in health.items()),
         health["other"] == "healthy"),
        ("the jobs that waited", f"{ends.count('succeeded')} succeeded", ends.count("succeeded") == STALLED),
        ("jobs made", f"{made}, {others}", (made, others) == (STALLED, 2 * OTHERS)),
    ]


def run_jobs(stage, name):
    started = time.monotonic()
    jobs = [stage.order(f"{name} {number}", provider="other") for number in range(OTHERS)]
    for id in jobs:
        if stage.wait_for_end(id)["status"] != "succeeded":
            return float("inf")
    return time.monotonic() - started


def reads(stage):
    times = []
    for _ in range(300):
        started = time.perf_counter()
        stage.daemon.ask("GET", "finetunings")
        times.append((time.perf_counter() - started) * 1e6)
    return f"{statistics.median(times):.0f} µs at the median, {max(times) / 1000:.1f} ms at worst"
